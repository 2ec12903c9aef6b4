import type { KopsDocument } from '../../../kops';
import { spell } from '../../../kops/api/path';
import { COMMON_CLASS, COMMON_FILE } from '../common-class-name';
import { type FittedConstruct, propsCode } from '../fit/fitted';
import { valueAt } from '../fit/split-fields';
import type { FittedCluster } from '../fit/to-fit';
import type { ImportedCluster, ImportedDocument, ManifestComment } from '../imported-cluster';
import { clusterFileText } from './cluster-file';
import { placeComments } from './comments';
import { dataCode } from './data-code';
import type { Code, Statement } from './model';

/** A cluster's file. */
export interface ClusterCode {
  readonly text: string;
  /** The body of its function: plain JavaScript. */
  readonly body: string;
}

/**
 * The file of a cluster: a function that adds it to a wave.
 * @param ending - what imports of files end in: `.js` in ES modules
 */
export function clusterCode(
  { cluster, members }: FittedCluster,
  { documents, files }: ImportedCluster,
  functionName: string,
  ending = '',
): ClusterCode {
  const elsewhere = new Set(members.flatMap((member) => member.documents));
  const comments = documents.map((document, index) =>
    document.comments.map((comment) => ({ ...comment, path: [index, ...comment.path] })),
  );
  const ofCluster = comments.filter((_, index) => !elsewhere.has(index)).flat();
  const declared = statementOf(cluster, 'wave', ofCluster, documents);
  const statements: Statement[] =
    members.length === 0
      ? [{ ...declared, lead: 'return ' }]
      : [
          { ...declared, lead: 'const cluster = ' },
          ...members.map((member) =>
            statementOf(
              member,
              'cluster',
              member.documents.flatMap((index) => comments[index] ?? []),
              documents,
            ),
          ),
          { lead: 'return ', code: { kind: 'raw', text: 'cluster' } },
        ];
  const isCommon = cluster.className === COMMON_CLASS;
  const imports = new Set([cluster, ...members].flatMap(namesIn).filter((name) => name !== COMMON_CLASS));
  return clusterFileText({
    imports: [...imports, 'type Wave'],
    otherImports: isCommon
      ? [{ names: [COMMON_CLASS], from: `../${COMMON_FILE.replace(/\.ts$/, ending)}` }]
      : [],
    comment: `Imported from ${files.map((file) => (file === '-' ? 'standard input' : file)).join(', ')}.`,
    functionName,
    returnType: cluster.className,
    statements,
  });
}

function statementOf(
  { className, id, zones, props, documents: own }: FittedConstruct,
  scope: string,
  comments: readonly ManifestComment[],
  documents: readonly ImportedDocument[],
): Statement {
  const { code, rest } = placeComments(propsCode(props), comments);
  const isEmpty = code.kind === 'object' && code.members.length === 0 && !code.after?.length;
  const more: Code[] = isEmpty ? [] : [code];
  // A template has nothing in it but letters, digits, dots, dashes and its zone.
  const name: Code = zones ? { kind: 'raw', text: `\`${id}\`` } : { kind: 'literal', value: id };
  return {
    code: {
      kind: 'call',
      callee: `new ${className}`,
      arguments: [{ kind: 'raw', text: scope }, name, ...more],
    },
    before: rest.map((comment) => {
      const index = Number(comment.path[0]);
      return told(comment, documents[index]?.document, own.length === 1 && own[0] === index);
    }),
    ...(zones && { each: { variable: 'zone', of: dataCode(zones) } }),
  };
}

/** A comment on what the code does not name: with what it stood at. */
function told({ path, text }: ManifestComment, document: KopsDocument | undefined, isOwn: boolean): string {
  const [, ...way] = path;
  const known = document && valueAt(document, way.slice(0, -1)) !== undefined;
  const spelled = known ? spell(document, way, []) : way.join('.');
  const field = spelled.replace(/^spec\.?/, '');
  const object = isOwn || !document ? '' : `${document.kind} ${document.metadata.name}`;
  const at = [object, field].filter(Boolean).join(' ');
  if (at === '') return text;
  return `${at}:${text.includes('\n') ? '\n' : ' '}${text}`;
}

/** What a construct's code has to import. */
function namesIn({ className, props }: FittedConstruct): string[] {
  return props.stateStore ? [className, 'StateStore'] : [className];
}
