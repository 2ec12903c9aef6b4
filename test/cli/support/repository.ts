import { execFileSync } from 'node:child_process';
import { Project } from './project';

/** A project in a git repository of its own. */
export class Repository extends Project {
  constructor(fleet?: string) {
    super(fleet);
    this.git('init', '--quiet', '--initial-branch=main');
  }

  public git(...args: readonly string[]): string {
    const who = ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
    return execFileSync('git', [...who, ...args], { cwd: this.root, encoding: 'utf8' }).trim();
  }

  /** Commits the generated files, and the fleet. */
  public commit(message = 'change'): string {
    this.git('add', 'clusters');
    this.git('commit', '--quiet', '--allow-empty', '--message', message);
    return this.git('rev-parse', 'HEAD');
  }

  /** A manifest of one cluster, written as if synth had. */
  public manifest(cluster: string, maxSize: number, version = '1.35.5'): void {
    this.write(
      `clusters/${cluster}/kops.yaml`,
      [
        '# Generated',
        'apiVersion: kops.k8s.io/v1alpha2',
        'kind: Cluster',
        'metadata:',
        `  name: ${cluster}`,
        'spec:',
        `  kubernetesVersion: ${version}`,
        '---',
        'apiVersion: kops.k8s.io/v1alpha2',
        'kind: InstanceGroup',
        'metadata:',
        '  name: nodes',
        'spec:',
        `  maxSize: ${maxSize}`,
        '',
      ].join('\n'),
    );
  }
}
