import * as fc from 'fast-check';
import { type ClusterSettings, type KopsDocument, StateStore } from '../../../src';
import { KOPS_RELEASES, type KopsRelease } from '../../../src/kops/api';
import { API_VERSION, CLUSTER_LABEL } from '../../../src/kops/document';
import { stringifyDocuments } from '../../../src/synth';
import { arbitraryRemarks, remarked } from './support/arbitrary-comments';
import { arbitraryCreated, arbitraryMutations, arbitrarySettings, mutated } from './support/arbitrary-create';
import { arbitraryCluster, everyField } from './support/arbitrary-document';
import { GeneratedCode } from './support/generated-code';
import { FUNCTION_NAME, type ImportTextOptions, importText } from './support/import-text';
import { byIdentity, expectSameObjects } from './support/read-independently';

jest.setTimeout(600_000);

const code = new GeneratedCode();
afterAll(() => code.remove());

/** A tenth of it would do while writing code; many times more, where something was changed. */
const RUNS = Number(process.env.CDKOPS_PROPERTY_RUNS ?? 60);

const SETTINGS: ClusterSettings = { stateStore: StateStore.s3('fleet-state'), kubernetesVersion: '1.35.5' };

/** What import may make of documents: one name of the control plane, and a place for the state. */
function wanted(documents: readonly KopsDocument[]): KopsDocument[] {
  return documents.map(({ spec, ...document }) => {
    const { kind, metadata } = document;
    if (kind === 'InstanceGroup' && spec.role === 'ControlPlane') {
      return { ...document, spec: { ...spec, role: 'Master' } };
    }
    if (kind === 'Cluster' && !spec.configBase) {
      return { ...document, spec: { ...spec, configBase: `s3://fleet-state/${metadata.name}` } };
    }
    return { ...document, spec };
  });
}

/** Imports documents in one of two spellings, runs the code, and compares. */
function roundTrip(documents: readonly KopsDocument[], options: ImportTextOptions, asJson = false): string {
  return importAndCompare(asJson ? jsonOf(documents) : stringifyDocuments(documents), documents, options);
}

/** Imports a text that stands for documents, runs the code, and compares. */
function importAndCompare(
  text: string,
  documents: readonly KopsDocument[],
  options: ImportTextOptions,
): string {
  const [imported, ...others] = importText(text, options);
  expect(others).toEqual([]);
  const generated = imported?.code.text ?? '';
  const rendered = code.render(generated, FUNCTION_NAME, options.settings);
  expectSameObjects(byIdentity(rendered), byIdentity(wanted(documents)));
  return generated;
}

/** JSON is YAML, but for what is no break to JSON. */
function jsonOf(documents: readonly KopsDocument[]): string {
  const escaped = (text: string) =>
    text.replace(/[^\x20-\x7e]/gu, (character) =>
      character
        .split('')
        .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
        .join(''),
    );
  return documents.map((document) => escaped(JSON.stringify(document))).join('\n---\n');
}

function kopsOf(release: KopsRelease) {
  return { version: `${release}.0`, release };
}

describe.each(['L2', 'L1'] as const)('%s', (level) => {
  test.each(KOPS_RELEASES)('every field of kOps %s', (release) => {
    const labels = { [CLUSTER_LABEL]: 'all.k8s.local' };
    const documents: KopsDocument[] = [
      {
        apiVersion: API_VERSION,
        kind: 'Cluster',
        metadata: { name: 'all.k8s.local' },
        spec: everyField('ClusterSpec', release),
      },
      {
        apiVersion: API_VERSION,
        kind: 'InstanceGroup',
        metadata: { name: 'nodes', labels },
        spec: everyField('InstanceGroupSpec', release),
      },
      {
        apiVersion: API_VERSION,
        kind: 'SSHCredential',
        metadata: { name: 'admin', labels },
        spec: everyField('SSHCredentialSpec', release),
      },
    ];
    code.write(
      `every-field-${level}-${release}.ts`,
      roundTrip(documents, { level, settings: SETTINGS, kops: kopsOf(release) }),
    );
  });

  test('any documents of any release', () => {
    const any = fc
      .constantFrom(...KOPS_RELEASES)
      .chain((release) => fc.tuple(fc.constant(release), arbitraryCluster(release), fc.boolean()));
    fc.assert(
      fc.property(any, ([release, documents, asJson]) => {
        roundTrip(documents, { level, settings: SETTINGS, kops: kopsOf(release) }, asJson);
      }),
      { numRuns: RUNS },
    );
  });
});

const RELEASE = '1.36';

test('what L2 constructs give comes back, changed or not, whatever holds in the wave', () => {
  const any = fc.tuple(arbitraryCreated, arbitraryMutations(RELEASE), arbitrarySettings);
  fc.assert(
    fc.property(any, ([created, mutations, settings]) => {
      const documents = mutated(created.documents, mutations, RELEASE);
      const own = { ...settings, stateStore: SETTINGS.stateStore };
      roundTrip(documents, { level: 'L2', settings: own, kops: kopsOf(RELEASE) });
    }),
    { numRuns: RUNS },
  );
});

test('what L2 constructs give without a complaint is written with them again', () => {
  const right = arbitraryCreated.filter(({ isRight }) => isRight);
  fc.assert(
    fc.property(right, ({ documents }) => {
      const settings = { ...SETTINGS, kops: '1.36.2' };
      const [imported] = importText(stringifyDocuments(documents), { level: 'L2', settings });
      expect(imported?.code.level).toBe('L2');
    }),
    { numRuns: RUNS },
  );
});

test('comments of any kind at any place change nothing, and all of them are kept', () => {
  const any = fc.tuple(arbitraryCreated, arbitraryRemarks, fc.constantFrom('L1', 'L2'));
  fc.assert(
    fc.property(any, ([{ documents }, remarks, level]) => {
      const text = remarked(documents, remarks);
      const generated = importAndCompare(text, documents, {
        level,
        settings: SETTINGS,
        kops: kopsOf(RELEASE),
      });
      // What a tool would take for a directive gets a blank.
      const kept = withoutBlanks(generated);
      const lost = remarks.filter(
        ({ text: said }) => /^[ -~]+$/.test(said) && !kept.includes(withoutBlanks(said)),
      );
      expect(lost).toEqual([]);
    }),
    { numRuns: RUNS },
  );
});

function withoutBlanks(text: string): string {
  return text.replaceAll(' ', '');
}
