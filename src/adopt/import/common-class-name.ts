/** The class that holds what imported clusters have in common. */
export const COMMON_CLASS = 'ImportedCluster';

/** Its file, in the folder of clusters. */
export const COMMON_FILE = 'imported-cluster.ts';
