/** An image of kOps's stable channel, and the Kubernetes minors that it is for. */
interface ChannelImage {
  /** First Kubernetes minor, for instance 27 for 1.27. */
  readonly from: number;
  readonly amd64: string;
  readonly arm64: string;
}

/**
 * What kOps's stable channel recommended for AWS when kOps 1.36.2 came out, newest first.
 * @see https://github.com/kubernetes/kops/blob/v1.36.2/channels/stable
 */
const AWS_IMAGES: readonly ChannelImage[] = [
  {
    from: 32,
    amd64: '099720109477/ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260218',
    arm64: '099720109477/ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-arm64-server-20260218',
  },
  {
    from: 27,
    amd64: '099720109477/ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-20260410',
    arm64: '099720109477/ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-arm64-server-20260410',
  },
  {
    from: 20,
    amd64: '099720109477/ubuntu/images/hvm-ssd/ubuntu-focal-20.04-amd64-server-20250624',
    arm64: '099720109477/ubuntu/images/hvm-ssd/ubuntu-focal-20.04-arm64-server-20250624',
  },
];

/** Instance types with AWS's own processors: `m7g.large`, `c6gn.xlarge`, `t4g.small`, `a1.medium`; not `g5.xlarge`. */
const ARM_TYPE = /^(?:a1|[a-z]+\d+g[a-z]*)\./;

/** The image that `kops create cluster` would take from the stable channel. */
export function channelImage(
  kubernetesVersion: string | undefined,
  machineType: string | undefined,
): string | undefined {
  const minor = minorOf(kubernetesVersion);
  const image = minor === undefined ? undefined : AWS_IMAGES.find(({ from }) => minor >= from);
  return image?.[ARM_TYPE.test(machineType ?? '') ? 'arm64' : 'amd64'];
}

/** kOps takes a version without a patch number, too. */
function minorOf(version: string | undefined): number | undefined {
  const minor = /^v?1\.(\d+)(?:\.|$)/.exec(version ?? '')?.[1];
  return minor === undefined ? undefined : Number(minor);
}
