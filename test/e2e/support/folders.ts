import * as path from 'node:path';

/** The repository. */
export const ROOT = path.resolve(__dirname, '../../..');

/** What the end-to-end tests are made of. */
export const E2E = path.join(ROOT, 'test/e2e');

/** What they build or download, kept between runs. */
export const CACHE = path.join(ROOT, 'node_modules/.cache/cdkops/e2e');
