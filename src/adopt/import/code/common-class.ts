import { COMMON_CLASS } from '../common-class-name';
import { type FittedProps, propsCode } from '../fit/fitted';
import { importStatement } from './cluster-file';
import { printStatements } from './print';

/** The file of a class that holds what clusters have in common. */
export interface CommonClassText {
  readonly text: string;
  /** The same as plain JavaScript, without the import. */
  readonly script: string;
}

/** A class whose clusters have these props, unless they are given others. */
export function commonClassText(common: FittedProps): CommonClassText {
  const merges = common.spec ? ['merge'] : [];
  const used = [
    'Cluster',
    'type ClusterProps',
    ...merges,
    ...(common.stateStore ? ['StateStore'] : []),
    'type Wave',
  ];
  const file = (isTyped: boolean) => {
    const type = (text: string) => (isTyped ? text : '');
    const lead = `const COMMON${type(': Partial<ClusterProps>')} = `;
    const constants = printStatements([{ lead, code: propsCode(common) }], 0).trimEnd();
    const spec = common.spec
      ? `, spec: merge(COMMON.spec, props.spec)${type(" as ClusterProps['spec']")}`
      : '';
    return [
      '/** What most of the imported clusters have in common. */',
      constants,
      '',
      '/** A cluster with what most of the imported ones have in common: what it is given by itself wins. */',
      `${type('export ')}class ${COMMON_CLASS} extends Cluster {`,
      `  constructor(wave${type(': Wave')}, name${type(': string')}, props${type(': ClusterProps')}) {`,
      `    super(wave, name, { ...COMMON, ...props${spec} });`,
      '  }',
      '}',
      '',
    ].join('\n');
  };
  return { text: `${importStatement(used, 'cdkops')}\n\n${file(true)}`, script: file(false) };
}
