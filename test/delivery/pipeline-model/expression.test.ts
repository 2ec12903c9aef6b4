import { ConfigurationError, fits, isTrue } from '.';

const VALUES = { NAME: 'a.example', EMPTY: '', BRANCH: 'main', DEFAULT: 'main', NESTED: '$BRANCH' };

describe('a condition', () => {
  test.each([
    ['$NAME', true],
    ['$EMPTY', false],
    ['$MISSING', false],
    ['$MISSING == null', true],
    ['$EMPTY == null', false],
    ['$EMPTY == ""', true],
    ['$MISSING == ""', false],
    ["$NAME == 'a.example'", true],
    ['$NAME != "a.example"', false],
    ['$BRANCH == $DEFAULT', true],
    ['$MISSING == $ABSENT', true],
    ['$NAME =~ /^a\\.example$/', true],
    ['$NAME =~ /A\\.EX/', false],
    ['$NAME =~ /A\\.EX/i', true],
    ['$MISSING =~ /a/', false],
    ['$MISSING !~ /a/', true],
    ['$NAME !~ /^a/', false],
    // "and" before "or", and both from left to right.
    ['$NAME || $MISSING && $MISSING', true],
    ['($NAME || $MISSING) && $MISSING', false],
    ['$MISSING && $MISSING || $NAME', true],
    ['$MISSING == "a" || $BRANCH == "main" && $NAME == "a.example"', true],
    ['$BRANCH == "x" && ($NAME == "b" || ($NAME == "a.example" && $BRANCH == "main"))', false],
    ['$BRANCH == "main" && ($NAME == "b" || ($NAME == "a.example" && $BRANCH == "main"))', true],
    ['((($NAME)))', true],
    // An empty value counts as true beside another one.
    ['$EMPTY && $NAME', true],
    ['$NAME && $EMPTY', false],
    ['$EMPTY || $NAME', false],
    ['$MISSING && $NAME', false],
    ['"text" == null', false],
    // The same, whether a release of GitLab expands variables in variables or not.
    ['$NESTED == "other"', false],
    ['$BRANCH == "main" || $NESTED == "main"', true],
  ])('%s is %s', (expression, expected) => {
    expect(isTrue(expression, VALUES)).toBe(expected);
  });

  test.each([
    ['', 'empty'],
    ['$A ==', 'do not fit'],
    ['($A', 'do not fit'],
    ['$A)', 'do not fit'],
    ['$A $B', 'do not fit'],
    ['$A = "b"', 'nobody can read it'],
    ['$A == b', 'nobody can read it'],
    ['$A =~ $B', 'not written down'],
    ['$NESTED == "main"', 'whether variables in variables are expanded'],
    ['$A == "$B"', 'releases of GitLab differ'],
    ['$A =~ /a/m', 'flags'],
    [Array(51).fill('$A').join(' && '), '101 parts'],
  ])('%s is an error', (expression, message) => {
    expect(() => isTrue(expression, VALUES)).toThrow(ConfigurationError);
    expect(() => isTrue(expression, VALUES)).toThrow(message);
  });
});

describe('a pattern of changed files', () => {
  test.each([
    ['clusters/a.example/kops.yaml', 'clusters/a.example/kops.yaml', true],
    ['clusters/a.example/kops.yaml', 'clusters/aXexample/kops.yaml', false],
    ['*.md', 'README.md', true],
    ['*.md', 'docs/README.md', false],
    ['*', '.hidden', true],
    ['docs/*', 'docs/a/b', false],
    ['docs/**/*', 'docs/a', true],
    ['docs/**/*', 'docs/a/.b/c.md', true],
    ['docs/**/*', 'docs', false],
    // Two stars at the end are one.
    ['docs/**', 'docs/a', true],
    ['docs/**', 'docs/a/b', false],
    ['**/*.ts', 'a.ts', true],
    ['**/*.ts', 'src/core/a.ts', true],
    ['a**/b', 'ac/d/b', false],
    ['{a,b/{c,d}}/*.yml', 'b/d/x.yml', true],
    ['{a,b/{c,d}}/*.yml', 'b/x.yml', false],
    ['a?c', 'abc', true],
    ['a?c', 'a/c', false],
    ['a+b(c)', 'a+b(c)', true],
  ])('%s for %s: %s', (pattern, path, expected) => {
    expect(fits(pattern, path)).toBe(expected);
  });

  test.each(['{a,b', 'a[b]', 'a\\*'])('%s is unknown to the model', (pattern) => {
    expect(() => fits(pattern, 'a')).toThrow(ConfigurationError);
  });
});
