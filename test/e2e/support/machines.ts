import type { AwsGateway } from './aws-gateway';
import { elements, parseXml, textOf, type XmlElement } from './xml';

/** A running instance of a cluster in the emulator. */
export interface Machine {
  readonly id: string;
  readonly zone: string;
  readonly address: string;
  /** For instance `2026-01-01T00:00:00Z`. */
  readonly started: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** The running instances of a cluster: those detached from their Auto Scaling group too. */
export async function machines(cloud: AwsGateway, cluster: string): Promise<Machine[]> {
  const query = new URLSearchParams({
    Action: 'DescribeInstances',
    Version: '2016-11-15',
    'Filter.1.Name': 'instance-state-name',
    'Filter.1.Value.1': 'running',
    'Filter.2.Name': 'tag:KubernetesCluster',
    'Filter.2.Value.1': cluster,
  });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const xml = await cloud.ask('ec2', '/', { method: 'POST', headers, body: query.toString() });
  const sets = elements(parseXml(xml), 'instancesSet');
  return sets.flatMap(({ children }) => children.map(machineOf));
}

function machineOf(instance: XmlElement): Machine {
  const tagSet = instance.children.find(({ name }) => name === 'tagSet');
  const [placement] = elements(instance, 'placement');
  return {
    id: textOf(instance, 'instanceId'),
    zone: placement ? textOf(placement, 'availabilityZone') : '',
    address: textOf(instance, 'privateIpAddress'),
    started: textOf(instance, 'launchTime').replace(/\.\d+Z$/, 'Z'),
    tags: Object.fromEntries(tagSet?.children.map((tag) => [textOf(tag, 'key'), textOf(tag, 'value')]) ?? []),
  };
}
