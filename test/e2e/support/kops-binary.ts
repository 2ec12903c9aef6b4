import { provideGoBinary } from './go-binary';

/** The path of the real kops. */
export function provideKops(): string {
  return provideGoBinary({
    module: 'kops',
    source: 'k8s.io/kops/cmd/kops',
    versionOf: 'k8s.io/kops',
    variable: 'CDKOPS_E2E_KOPS',
    duration: 'six minutes',
  });
}
