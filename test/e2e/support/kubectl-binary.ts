import { provideGoBinary } from './go-binary';

/** The path of the real kubectl, of the release that kops is built with: it shares most of what is compiled. */
export function provideKubectl(): string {
  return provideGoBinary({
    module: 'kubectl',
    source: '.',
    versionOf: 'k8s.io/kubectl',
    variable: 'CDKOPS_E2E_KUBECTL',
    duration: 'a minute and a half',
  });
}
