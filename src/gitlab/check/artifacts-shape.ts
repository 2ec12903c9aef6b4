import type { ArtifactsContent, CoverageReport, Reports } from '../artifacts';
import { EXPOSE_AS, EXPOSE_AS_MAX } from '../limits';
import {
  choice,
  duration,
  flag,
  isObject,
  list,
  object,
  type Place,
  type Shape,
  type Sink,
  text,
} from './shape';
import { paths } from './values';

const reports: Shape = object<Reports>({
  accessibility: text(),
  annotations: paths,
  api_fuzzing: paths,
  browser_performance: text(),
  cluster_image_scanning: paths,
  codequality: paths,
  container_scanning: paths,
  coverage_fuzzing: paths,
  coverage_report: object<CoverageReport>(
    { coverage_format: choice('cobertura', 'jacoco'), path: text() },
    { required: ['coverage_format', 'path'] },
  ),
  cyclonedx: paths,
  dast: paths,
  dependency_scanning: paths,
  dotenv: paths,
  junit: paths,
  load_performance: paths,
  lsif: paths,
  metrics: paths,
  repository_xray: paths,
  requirements: paths,
  sast: paths,
  secret_detection: paths,
  terraform: paths,
});

/** What a job leaves behind. */
export const artifacts: Shape = object<ArtifactsContent & { access?: string; public?: boolean }>(
  {
    name: text(),
    paths: list(text(), { expected: 'a list of paths', min: 1 }),
    exclude: list(text(), { expected: 'a list of paths', min: 1 }),
    untracked: flag,
    reports,
    expose_as: text({ expected: 'letters, digits, -, _ and blanks', max: EXPOSE_AS_MAX, pattern: EXPOSE_AS }),
    when: choice('on_success', 'on_failure', 'always'),
    expire_in: duration({ never: true }),
    access: choice('all', 'developer', 'maintainer', 'none'),
    public: flag,
  },
  { also: together },
);

/** What has to fit together, once everything that is extended has been merged in. */
function together(value: unknown, at: Place, sink: Sink): void {
  if (!isObject(value)) return;
  if (value.access !== undefined && value.public !== undefined) {
    sink.missing(`${at}.public`, 'stands beside access; GitLab takes one of them. Leave public out.');
  }
  if (value.expose_as === undefined) return;
  if (!Array.isArray(value.paths) || value.paths.length === 0) {
    sink.missing(`${at}.paths`, 'is missing beside expose_as. Name the files to link to.');
    return;
  }
  const wild = value.paths.find((path) => typeof path === 'string' && path.includes('*'));
  if (wild !== undefined) {
    sink.missing(`${at}.paths`, `has '${wild}'; expose_as takes no wildcards. Name the file or its folder.`);
  }
}
