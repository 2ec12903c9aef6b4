import * as fs from 'node:fs';
import * as path from 'node:path';

// Clients of state stores that there is no emulator of: they keep objects in a folder, say what the real ones say, and write
// down how they were called.

/** What every client begins with: it writes its arguments down, reads what there is to read, and may be refused. */
const HEAD = `#!/bin/sh
set -eu
{ printf '%s' "\${0##*/}"; for word; do printf ' <%s>' "$word"; done; printf '\\n'; } >>"$CALLS"
cat >/dev/null
[ -z "\${REFUSAL:-}" ] || { printf '%s\\n' "$REFUSAL" >&2; exit 1; }
`;

const GCLOUD = `${HEAD}
[ "$1" = storage ]
verb=$2
shift 2
place() { case $1 in gs://*) printf '%s' "$OBJECTS/\${1#gs://}" ;; *) printf '%s' "$1" ;; esac; }
case $verb in
  cp)
    [ "$1" = --quiet ]
    [ -f "$(place "$2")" ] || { printf 'ERROR: (gcloud.storage.cp) The following URLs matched no objects or files:\\n%s\\n' "$2" >&2; exit 1; }
    mkdir -p "$(dirname "$(place "$3")")"
    cp "$(place "$2")" "$(place "$3")"
    ;;
  rm) [ "$1" = --quiet ] && rm "$(place "$2")" ;;
  ls)
    [ "$1" = --recursive ]
    folder=$(place "\${2%/}")
    [ -d "$folder" ] || { echo 'ERROR: (gcloud.storage.ls) One or more URLs matched no objects.' >&2; exit 1; }
    find "$folder" -type d | sort | while IFS= read -r listed; do
      printf 'gs://%s/:\\n' "\${listed#"$OBJECTS/"}"
      find "$listed" -maxdepth 1 -type f | sed "s|^$OBJECTS/|gs://|"
      echo
    done
    ;;
esac
`;

const AZ = `${HEAD}
[ "$1 $2" = 'storage blob' ]
verb=$3
shift 3
while [ $# -gt 0 ]; do
  case $1 in
    --account-name) account=$2; shift ;;
    --container-name) container=$2; shift ;;
    --name) name=$2; shift ;;
    --prefix) name=$2; shift ;;
    --file) file=$2; shift ;;
    --auth-mode | --output | --num-results) shift ;;
  esac
  shift
done
folder=$OBJECTS/$account/$container
[ -d "$folder" ] || { printf 'ERROR: The specified container does not exist.\\nErrorCode:ContainerNotFound\\n' >&2; exit 3; }
case $verb in
  download)
    [ -f "$folder/$name" ] || { : >"$file"; printf 'ERROR: The specified blob does not exist.\\nErrorCode:BlobNotFound\\n' >&2; exit 3; }
    cp "$folder/$name" "$file"
    ;;
  upload) mkdir -p "$(dirname "$folder/$name")"; cp "$file" "$folder/$name" ;;
  delete) rm "$folder/$name" ;;
  list)
    cd "$folder"
    [ -d "$name" ] || { echo '[]'; exit 0; }
    find "$name" -type f | sed 's|//*|/|g' | jq -Rn '[inputs | {name: .}]'
    ;;
esac
`;

const SWIFT = `${HEAD}
verb=$1
shift
case $verb in
  download)
    [ "$1" = --output ]
    [ -f "$OBJECTS/$3/$4" ] || { : >"$2"; printf "Object '%s/%s' not found\\n" "$3" "$4" >&2; exit 1; }
    cp "$OBJECTS/$3/$4" "$2"
    ;;
  upload) [ "$1" = --object-name ] && mkdir -p "$(dirname "$OBJECTS/$3/$2")" && cp "$4" "$OBJECTS/$3/$2" ;;
  delete) rm "$OBJECTS/$1/$2" ;;
  list)
    [ "$1" = --prefix ]
    cd "$OBJECTS/$3"
    [ ! -d "$2" ] || find "$2" -type f | sed 's|//*|/|g'
    ;;
esac
`;

// Only who is asked, where and as whom: aws itself is real elsewhere.
const AWS = `${HEAD}
printf '%s %s %s\\n' "$AWS_ACCESS_KEY_ID" "$AWS_SECRET_ACCESS_KEY" "\${AWS_REGION:-}" >>"$CALLS"
`;

const CLIENTS: Readonly<Record<string, string>> = { gcloud: GCLOUD, az: AZ, swift: SWIFT, aws: AWS };

/** Writes the clients into a folder, for the front of PATH. */
export function writeStoreClients(folder: string): void {
  for (const [name, text] of Object.entries(CLIENTS)) {
    fs.writeFileSync(path.join(folder, name), text, { mode: 0o755 });
  }
}
