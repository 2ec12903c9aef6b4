/** What `cdkops import --help` teaches. */
export const IMPORT_HELP = `
Reads manifests as kops get all -o yaml prints them, or as people write them: files, folders, - for standard input, or a
state store, all of whose clusters kops then reads. Writes clusters/NAME/cluster.ts for each cluster, and adds it to the
fleet by one import and one call, where the fleet's file says

  // cdkops import: new clusters go above this line.

Without that line it prints what to add; where there is no fleet yet it writes one. The code is what a person would
write: constructs with their defaults where these give exactly the manifest, kOps's own fields for the rest, comments
beside what they stood at. Before anything is written the code is run and must give the same documents, as data. So a
dry run after npx projen synth shows nothing but what the live state itself lacks.

What only the server knows (creationTimestamp and the like) is left out and told. Other objects that kops get all prints
go to clusters/NAME/addons.yaml. Without --kops a cluster gets the fleet's kOps where that knows all of its fields and
runs its Kubernetes, else the newest that does. All or nothing; files that are there are kept unless --force is given.

Examples:
  kops get all --name eu.k8s.example.com -o yaml | npx cdkops import -
  npx cdkops import manifests/ --wave prod --factor    a folder; what most have in common becomes a class
  npx cdkops import s3://acme-kops-state               all clusters of a state store
  npx cdkops import old.yaml --l1                      field by field`;
