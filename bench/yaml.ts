/** The yaml package alone: nothing but text from finished documents. */
import { stringify } from 'yaml';
import { documents } from './documents';
import { input, measure } from './measure';

const all = documents(input().clusters);
measure(() => {
  let length = 0;
  for (const cluster of all) for (const document of cluster) length += stringify(document).length;
  if (length === 0) throw new Error('nothing was written');
});
