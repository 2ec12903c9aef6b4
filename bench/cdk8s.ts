/** cdk8s: one chart a cluster, its API objects from finished documents, to files. */
import { ApiObject, App, Chart } from 'cdk8s';
import { documents } from './documents';
import { input, measure } from './measure';

const { folder, clusters } = input();
const all = documents(clusters);
measure(() => {
  const app = new App({ outdir: folder });
  for (const cluster of all) {
    const [head] = cluster;
    if (!head) continue;
    const chart = new Chart(app, head.metadata.name.replaceAll('.', '-'));
    for (const { apiVersion, kind, metadata, spec } of cluster) {
      new ApiObject(chart, `${kind}-${metadata.name}`, { apiVersion, kind, metadata, spec });
    }
  }
  app.synth();
});
