import type { CloudRequest } from './aws-gateway';
import type { DeliveryGround } from './delivery-ground';
import type { ProcessRun } from './process-run';

/** A moment in a run: the request before which it is, or what has just been printed. */
export type Moment = RequestMoment | string;

type RequestMoment = (request: CloudRequest) => boolean;

/**
 * Lets a run come as far as a request to store or cloud, which is never answered, or until it has printed something, and
 * kills it there with all that it started: as where the runner's machine goes away.
 *
 * @throws Error where the run ends before that moment.
 */
export async function killedAt(
  ground: DeliveryGround,
  start: () => ProcessRun,
  moment: Moment,
): Promise<void> {
  const asked = new Promise<void>((resolve) => {
    ground.cloud.judge = (request) => {
      if (typeof moment === 'string' || !moment(request)) return 'pass';
      resolve();
      return new Promise(() => {});
    };
  });
  const run = start();
  const early = run.finished.then(({ output }) => {
    throw new Error(`it ended before the moment came:\n${output}`);
  });
  early.catch(() => {});
  try {
    await Promise.race([typeof moment === 'string' ? run.hasPrinted(moment) : asked, early]);
  } finally {
    run.kill();
    await run.finished.catch(() => {});
    ground.cloud.judge = () => 'pass';
  }
}

/** A moment that is `moment` from the first request on for which `after` holds, that one left out. */
export function once(after: RequestMoment, moment: RequestMoment): RequestMoment {
  let passed = false;
  return (request) => {
    if (passed && moment(request)) return true;
    passed ||= after(request);
    return false;
  };
}

/** The writing of an object of the store, by the end of its key. */
export function writing(key: string): RequestMoment {
  return ({ side, verb, what }) => side === 'store' && verb === 'PUT' && what.endsWith(key);
}

/** An action of the cloud, and where a name is given, one that speaks of it. */
export function asking(action: string, name = ''): RequestMoment {
  return ({ side, verb, body }) => side === 'cloud' && verb === action && body.includes(name);
}
