import { Cluster, Fleet, Wave } from '../../src';
import { shape } from '../../src/core';
import {
  CREDENTIALS,
  type Credentials,
  credentialKeywords,
  parseRoleArn,
} from '../../src/delivery/credentials';
import { synthesise } from '../../src/synth';
import { BASE } from './support';

const role = (name: string, partition = 'aws') => `arn:${partition}:iam::123456789012:role/${name}`;
const AWS = { planRole: role('plan'), changeRole: role('change'), readRole: role('read') };

/** What is wrong with credentials. */
function problems(value: unknown): string[] {
  const found: string[] = [];
  shape.read(CREDENTIALS, value, 'credentials', (field, message) => found.push(`${field} ${message}`));
  return found;
}

describe('a job gets', () => {
  test.each([
    ['plan', role('plan')],
    ['change', role('change')],
    ['read', role('read')],
  ] as const)('to %s, the role for that and a token for it', (purpose, arn) => {
    expect(credentialKeywords({ aws: AWS }, purpose)).toEqual({
      variables: { CDKOPS_AWS_ROLE_ARN: arn },
      id_tokens: { CDKOPS_ID_TOKEN: { aud: '$CI_SERVER_URL' } },
    });
  });

  test('the plan role to read, where there is no other, and the audience that was given', () => {
    const { readRole: _, ...aws } = { ...AWS, audience: 'sts.amazonaws.com' };
    expect(credentialKeywords({ aws }, 'read')).toEqual({
      variables: { CDKOPS_AWS_ROLE_ARN: role('plan') },
      id_tokens: { CDKOPS_ID_TOKEN: { aud: 'sts.amazonaws.com' } },
    });
  });

  test.each<Credentials | undefined>([false, undefined])('nothing from %s', (credentials) => {
    expect(credentialKeywords(credentials, 'change')).toEqual({ variables: {} });
  });
});

test.each([
  [role('plan'), { partition: 'aws', account: '123456789012', name: 'plan' }],
  [role('ci/kops/plan', 'aws-cn'), { partition: 'aws-cn', account: '123456789012', name: 'plan' }],
  [
    role('a+b=c,d.e@f-g_h', 'aws-us-gov'),
    { partition: 'aws-us-gov', account: '123456789012', name: 'a+b=c,d.e@f-g_h' },
  ],
])('the parts of %s', (arn, parts) => {
  expect(problems({ aws: { ...AWS, planRole: arn } })).toEqual([]);
  expect(parseRoleArn(arn)).toEqual(parts);
});

test.each<[unknown, RegExp]>([
  ['plan', /^credentials\.aws\.planRole expected the ARN of a role, such as .*, got "plan"$/],
  ['arn:aws:iam::1234:role/x', /planRole expected the ARN/],
  ['arn:aws:iam::123456789012:user/x', /planRole expected the ARN/],
  ['arn:aws:sts::123456789012:assumed-role/x/y', /planRole expected the ARN/],
  ['arn:azure:iam::123456789012:role/x', /planRole expected the ARN/],
  [`${role('x')}\n`, /planRole expected the ARN/],
  [role('x$y'), /planRole expected the ARN/],
  [role('x'.repeat(65)), /planRole expected the ARN/],
  [7, /planRole expected the ARN of a role, got the number 7/],
  [undefined, /planRole is missing: expected the ARN of a role$/],
])('what is no role is told: %j', (planRole, message) => {
  const found = problems({ aws: { ...AWS, planRole } });
  expect(found[0]).toMatch(message);
});

test.each<[unknown, RegExp]>([
  [true, /^credentials expected false or an object, got true/],
  [{}, /^credentials\.aws is missing/],
  [{ aws: { ...AWS, changerole: 'x' } }, /did you mean changeRole/],
  [{ aws: { ...AWS, audience: 'a b' } }, /^credentials\.aws\.audience expected an audience/],
])('what are no credentials is told: %j', (value, message) => {
  expect(problems(value)[0]).toMatch(message);
});

test.each([{}, { aws: {} }, { aws: { planRole: role('plan') } }, { aws: { ...AWS, changeRole: 'x' } }])(
  'with a part missing or wrong there are none: %j',
  (value) => {
    expect(shape.read(CREDENTIALS, value, 'credentials', () => {})).toBeUndefined();
    const fleet = new Fleet({ ...BASE, credentials: value as never });
    new Cluster(new Wave(fleet, 'dev'), 'a.example.com', { zones: ['eu-central-1a'] });
    const said = synthesise(fleet).findings;
    expect(said.map(({ field }) => field)).toEqual(
      said.map(() => expect.stringMatching(/^credentials\.aws/)),
    );
    expect(said).not.toEqual([]);
  },
);

test('false are credentials', () => {
  expect(problems(false)).toEqual([]);
});
