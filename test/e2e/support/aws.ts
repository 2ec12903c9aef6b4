/**
 * The few things that tests make in the emulator themselves. Plain HTTP does: the emulator looks at no signature, only at
 * the name of the service in it.
 */

const REGION = 'us-east-1';

/** Makes a bucket, as a state store; one that exists stays as it is. */
export async function createBucket(emulator: string, name: string): Promise<void> {
  await call('s3', `${emulator}/${name}`, { method: 'PUT' });
}

/** Makes a DNS zone: kops refuses a cluster with records of its own where no zone fits its name. */
export async function createHostedZone(
  emulator: string,
  name: string,
  privacy: 'public' | 'private',
): Promise<void> {
  const vpc = `<VPC><VPCId>vpc-0</VPCId><VPCRegion>${REGION}</VPCRegion></VPC>`;
  const body = `<CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/">
<Name>${name}.</Name>${privacy === 'private' ? vpc : ''}<CallerReference>${name}</CallerReference>
<HostedZoneConfig><PrivateZone>${privacy === 'private'}</PrivateZone></HostedZoneConfig>
</CreateHostedZoneRequest>`;
  await call('route53', `${emulator}/2013-04-01/hostedzone`, { method: 'POST', body });
}

async function call(service: string, url: string, request: RequestInit): Promise<void> {
  const authorization = `AWS4-HMAC-SHA256 Credential=test/20260101/${REGION}/${service}/aws4_request`;
  const response = await fetch(url, {
    ...request,
    headers: { authorization },
    signal: AbortSignal.timeout(30_000),
  });
  if (!response.ok) throw new Error(`${request.method} ${url}: ${response.status} ${await response.text()}`);
}
