import { UserError } from '../../../core';
import { StateStore } from '../../../kops';
import { dataCode } from '../code/data-code';
import type { FittedProp } from './fitted';

/** The services that need an address, and where kOps looks for it. */
const WITH_ENDPOINT: readonly string[] = ['do', 'scw'];

/**
 * The state store at a URL such as `s3://acme-kops-state/team`, as code. `undefined` for one that cdkops has no constructor
 * for.
 * @param environment - kOps's own variables: some stores are not found by their URL alone
 */
export function stateStoreProp(
  url: string,
  environment: Readonly<Record<string, string | undefined>>,
): FittedProp | undefined {
  const [, scheme = '', rest = ''] = /^([a-z0-9]+):\/\/(.+?)\/*$/.exec(url) ?? [];
  if (scheme === 'file') return attempt('file', [rest]);
  const [bucket = '', ...folders] = rest.split('/');
  const prefix = folders.length > 0 ? { prefix: folders.join('/') } : {};
  if (scheme === 'azureblob') {
    const account = environment.AZURE_STORAGE_ACCOUNT;
    // From kOps 1.36 on, the account is the first part of the URL.
    if (account) return attempt(scheme, [account, bucket, ...optional(prefix)]);
    const [container = '', ...more] = folders;
    const within = more.length > 0 ? { prefix: more.join('/') } : {};
    return container === '' ? undefined : attempt(scheme, [bucket, container, ...optional(within)]);
  }
  const { S3_ENDPOINT: endpoint, S3_REGION: region } = environment;
  if (WITH_ENDPOINT.includes(scheme)) {
    if (!endpoint) return undefined;
    return attempt(scheme, [bucket, { ...prefix, endpoint, ...(region && { region }) }]);
  }
  if (scheme === 's3') {
    // The region of somebody's shell need not be that of the bucket; kOps asks S3.
    return attempt(scheme, [
      bucket,
      ...optional({ ...(endpoint && { endpoint, ...(region && { region }) }), ...prefix }),
    ]);
  }
  return scheme === 'gs' || scheme === 'swift' ? attempt(scheme, [bucket, ...optional(prefix)]) : undefined;
}

function optional(options: object): object[] {
  return Object.keys(options).length > 0 ? [options] : [];
}

/** The store and the call that makes it; nothing where the parts are none that a store takes. */
function attempt(scheme: string, parts: readonly unknown[]): FittedProp | undefined {
  const make = StateStore[scheme as 's3'] as (...given: readonly unknown[]) => StateStore;
  try {
    const value = make(...parts);
    return {
      value,
      code: { kind: 'call', callee: `StateStore.${scheme}`, arguments: parts.map((part) => dataCode(part)) },
    };
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
