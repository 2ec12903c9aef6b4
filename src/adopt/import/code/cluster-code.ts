import { COMMON_CLASS, COMMON_FILE } from '../common-class-name';
import { type FittedConstruct, propsCode } from '../fit/fitted';
import type { FittedCluster } from '../fit/to-fit';
import type { ImportedCluster, ManifestComment } from '../imported-cluster';
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

/** The file of a cluster: a function that adds it to a wave. */
export function clusterCode(
  { cluster, members }: FittedCluster,
  { documents, files }: ImportedCluster,
  functionName: string,
): ClusterCode {
  const elsewhere = new Set(members.flatMap((member) => member.documents));
  const comments = documents.map((document, index) =>
    document.comments.map((comment) => ({ ...comment, path: [index, ...comment.path] })),
  );
  const ofCluster = comments.filter((_, index) => !elsewhere.has(index)).flat();
  const declared = statementOf(cluster, 'wave', ofCluster);
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
            ),
          ),
          { lead: 'return ', code: { kind: 'raw', text: 'cluster' } },
        ];
  const isCommon = cluster.className === COMMON_CLASS;
  const imports = new Set([cluster, ...members].flatMap(namesIn).filter((name) => name !== COMMON_CLASS));
  return clusterFileText({
    imports: [...imports, 'type Wave'],
    otherImports: isCommon ? [{ names: [COMMON_CLASS], from: `../${COMMON_FILE.replace(/\.ts$/, '')}` }] : [],
    comment: `Imported from ${files.map((file) => (file === '-' ? 'standard input' : file)).join(', ')}.`,
    functionName,
    returnType: cluster.className,
    statements,
  });
}

function statementOf(
  { className, id, zones, props }: FittedConstruct,
  scope: string,
  comments: readonly ManifestComment[],
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
    before: rest.map(told),
    ...(zones && { each: { variable: 'zone', of: dataCode(zones) } }),
  };
}

/** A comment on what the code does not name: with what it stood at. */
function told({ path, text }: ManifestComment): string {
  const [, ...way] = path;
  const at = (way[0] === 'spec' ? way.slice(1) : way).filter((key) => typeof key === 'string').join('.');
  return at === '' ? text : `${at}: ${text}`;
}

/** What a construct's code has to import. */
function namesIn({ className, props }: FittedConstruct): string[] {
  return props.stateStore ? [className, 'StateStore'] : [className];
}
