import * as zlib from 'node:zlib';
import type { DeliveryGround } from './delivery-ground';
import { elements, parseXml, textOf, type XmlElement } from './xml';

/** What a delivery has brought about, without what differs by chance: names of the ground, time stamps, keys. */
export interface Outcome {
  /** The store's objects by key, several where only a digest tells them apart; of keys and secrets that they are there. */
  readonly store: Readonly<Record<string, readonly string[]>>;
  /** The newest version of each launch template, by name. */
  readonly launchTemplates: Readonly<Record<string, string>>;
  /** Sizes and launch template of each Auto Scaling group, and whether all its machines are of the newest version. */
  readonly groups: Readonly<Record<string, object>>;
}

/** Where a ground stands; grounds that stand alike give equal outcomes. */
export async function outcomeOf(ground: DeliveryGround): Promise<Outcome> {
  const text = (given: string) => withoutChance(given.replaceAll(ground.bucket, 'STORE'));
  const templates = await launchTemplates(ground);
  const store: Record<string, string[]> = {};
  for (const [key, object] of Object.entries(await ground.storeObjects())) {
    const shown = /\/(pki|secrets)\//.test(key) ? '' : text(object);
    store[text(key)] = [...(store[text(key)] ?? []), shown].sort();
  }
  return {
    store,
    launchTemplates: Object.fromEntries(
      [...templates].map(([name, { data }]) => [name, text(describe(data))]),
    ),
    groups: Object.fromEntries(
      (await autoScalingGroups(ground)).map((group) => [
        textOf(group, 'AutoScalingGroupName'),
        sizes(group, templates),
      ]),
    ),
  };
}

/** What is made anew at each creation, or follows from it, or is when something happened. */
function withoutChance(text: string): string {
  return text
    .replace(/-----BEGIN ([\w ]+)-----[^-]*-----END \1-----/g, '$1')
    .replace(/"\d{25,}"/g, 'KEYPAIR')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, 'TIME')
    .replace(/http:\/\/127\.0\.0\.1:\d+/g, 'LOOPBACK')
    .replace(/\/pipelines\/\d+|"id": "\d+"/g, 'PIPELINE')
    .replace(/\b(vpc|subnet|sg|eni|ami|lt)-[0-9a-f]{8,}\b/g, '$1-ID')
    .replace(/\b[\w.-]+\.elb\.[\w.-]+amazonaws\.com/g, 'BALANCER')
    .replace(/\b\d{12}\b/g, 'ACCOUNT')
    .replace(/\b[0-9a-f]{40}\b|\b[0-9a-f]{64}\b/g, 'DIGEST')
    .replace(/(NodeupConfigHash: |NodeupConfigHash=)\S+/g, '$1HASH');
}

interface LaunchTemplate {
  readonly version: string;
  readonly data: XmlElement;
}

async function launchTemplates(ground: DeliveryGround): Promise<Map<string, LaunchTemplate>> {
  const xml = await query(ground, 'ec2', '2016-11-15', 'DescribeLaunchTemplates');
  const templates = new Map<string, LaunchTemplate>();
  for (const template of elements(parseXml(xml), 'launchTemplates').flatMap(({ children }) => children)) {
    const name = textOf(template, 'launchTemplateName');
    const version = textOf(template, 'latestVersionNumber');
    const asked = { LaunchTemplateName: name, 'LaunchTemplateVersion.1': version };
    const answer = await query(ground, 'ec2', '2016-11-15', 'DescribeLaunchTemplateVersions', asked);
    const [data] = elements(parseXml(answer), 'launchTemplateData');
    if (!data) throw new Error(`the launch template ${name} has no version ${version}`);
    templates.set(name, { version, data });
  }
  return templates;
}

/** An element and what is in it, in one order; user data in plain text. */
function describe({ name, text, children }: XmlElement): string {
  const inner = name === 'userData' ? userData(text) : text.trim();
  return `${name}=${inner}[${children.map(describe).sort().join(',')}]`;
}

function userData(text: string): string {
  const data = Buffer.from(text, 'base64');
  const isPacked = data[0] === 0x1f && data[1] === 0x8b;
  return (isPacked ? zlib.gunzipSync(data) : data).toString('utf8');
}

async function autoScalingGroups(ground: DeliveryGround): Promise<XmlElement[]> {
  const xml = await query(ground, 'autoscaling', '2011-01-01', 'DescribeAutoScalingGroups');
  return elements(parseXml(xml), 'AutoScalingGroups').flatMap(({ children }) => children);
}

function sizes(group: XmlElement, templates: ReadonlyMap<string, LaunchTemplate>): object {
  const instances = elements(group, 'Instances').flatMap(({ children }) => children);
  const versions = instances.map((instance) => {
    const [template] = elements(instance, 'LaunchTemplate');
    if (!template) return 'none';
    const newest = templates.get(textOf(template, 'LaunchTemplateName'))?.version;
    return textOf(template, 'Version') === newest ? 'newest' : 'older';
  });
  return {
    minSize: textOf(group, 'MinSize'),
    maxSize: textOf(group, 'MaxSize'),
    machines: versions,
  };
}

function query(
  ground: DeliveryGround,
  service: string,
  version: string,
  action: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<string> {
  const body = new URLSearchParams({ Action: action, Version: version, ...parameters }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return ground.cloud.ask(service, '/', { method: 'POST', headers, body });
}
