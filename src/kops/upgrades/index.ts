/**
 * Which versions of kOps and Kubernetes are newer, which are required, and when what runs reaches its end of life.
 */
export { type Advice, type AdviceCode, LEVELS, type Level } from './advice';
export { type Channel, type ChannelRule, parseChannel } from './channel';
export { isDay } from './day';
export { type ClusterVersions, judgeVersions, type VersionJudgement } from './judge';
export type { KopsJudgement } from './judge-kops';
export type { KopsSupport, KubernetesJudgement, Outlook } from './judge-kubernetes';
export { KNOWN_RELEASES, type KnownReleases, type KopsReleaseFacts } from './known';
