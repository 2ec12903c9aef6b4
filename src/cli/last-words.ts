/** Most lines of what a program said that are told again. */
const MOST_LINES = 3;
/** Longest of these, in characters. */
const MOST_CHARACTERS = 600;

/** Lines of kOps's log: `W0102 15:04:05.000000 1 file.go:1] …`. */
const LOG = /^[IWEF]\d{4} \d/;

/** Variables that may hold a secret, by name. */
const SECRET_NAME = /SECRET|TOKEN|PASSWORD|PASSPHRASE|CREDENTIAL|_KEY(?:_ID)?$|(?:ACCOUNT|ACCESS|API)_KEY/i;
/** Shorter values are words such as `test`, which would be found everywhere. */
const SHORTEST_SECRET = 8;

/** What looks like a secret wherever it comes from: ids of AWS's keys, signatures, tokens and passwords in URLs and headers. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b/g, '<secret>'],
  [/\b(Signature|Credential|Security-Token|SessionToken|sig|token|password)=[^\s&,;"']+/gi, '$1=<secret>'],
  [/\b(Bearer|Basic) +[\w.~+/=-]+/g, '$1 <secret>'],
  [/(\/\/)[^\s/@]+@/g, '$1<secret>@'],
];

/**
 * What a program said at its end, on one line: without its log, without secrets, and without anything that moves the cursor.
 * Nothing where it said nothing.
 */
export function lastWords(
  said: string,
  environment: Readonly<Record<string, string | undefined>> = {},
): string {
  const lines = said
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !LOG.test(line));
  const words = withoutSecrets(lines.slice(-MOST_LINES).join(' '), { ...process.env, ...environment })
    .replace(/^Error: /, '')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ');
  return words.length > MOST_CHARACTERS ? `${words.slice(0, MOST_CHARACTERS)}…` : words;
}

function withoutSecrets(text: string, environment: Readonly<Record<string, string | undefined>>): string {
  const values = Object.entries(environment).flatMap(([name, value = '']) =>
    SECRET_NAME.test(name) && value.length >= SHORTEST_SECRET ? [value] : [],
  );
  // The longest first: one may be a part of another.
  values.sort((one, other) => other.length - one.length);
  const masked = values.reduce((rest, value) => rest.replaceAll(value, '<secret>'), text);
  return SECRETS.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), masked);
}
