/**
 * Finds what must not get into a repository, wherever in an object it is.
 */
import type { Document } from 'yaml';
import { isMap } from '../../../core';
import { isOfKops, textIn } from './lists';

/** Kinds that hold what is secret. */
const SECRET = /^(?:Secret|Keyset)(?:List)?$/;

/** Whether an object is secret, or has something in it that is. */
export function holdsSecret(value: unknown): boolean {
  return isSecretIn(value, true);
}

/** Whether an object that could not be read as data may have something secret in it. */
export function mayHoldSecret(document: Document.Parsed): boolean {
  const yaml = require('yaml') as typeof import('yaml');
  let isFound = false;
  yaml.visit(document, {
    Pair: (_, { key, value }) => {
      if (!yaml.isScalar(key) || key.value !== 'kind') return undefined;
      const kind = yaml.isAlias(value) ? value.resolve(document) : value;
      isFound = yaml.isScalar(kind) && SECRET.test(String(kind.value));
      return isFound ? yaml.visit.BREAK : undefined;
    },
  });
  return isFound;
}

/** @param isObject - whether what stands there is an object, rather than a part of one, which may refer to a Secret */
function isSecretIn(value: unknown, isObject: boolean): boolean {
  if (Array.isArray(value)) return value.some((item) => isSecretIn(item, isObject));
  if (!isMap(value)) return false;
  if (isSecret(value, isObject)) return true;
  return Object.keys(value).some((key) => isSecretIn(value[key], isObject && key === 'items'));
}

function isSecret(value: Readonly<Record<string, unknown>>, isObject: boolean): boolean {
  // Items of a list of one kind need not say their version.
  const apiVersion = textIn(value, ['apiVersion']) ?? 'v1';
  if (!SECRET.test(textIn(value, ['kind']) ?? '')) return false;
  if (isOfKops(apiVersion)) return true;
  return apiVersion === 'v1' && (isObject || isMap(value.data) || isMap(value.stringData));
}
