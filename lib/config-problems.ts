import type Joi from 'joi';
import type { AtipayConfig } from './config';
import { AtipayError } from './errors';
import { OPTIONS } from './options';
import { describeUrl } from './url-problem';

/**
 * The error of a config: one line a problem, with the expected form and the kind of value that came. No value is
 * echoed.
 */
export function configError(details: Joi.ValidationErrorItem[], config: object): AtipayError {
  const problems = new Map(
    details.map((detail) => [detail.path.join('.'), `  - ${describeProblem(detail, config)}`]),
  );
  const head = problems.size === 1 ? 'a problem' : `${problems.size} problems`;
  return new AtipayError('ERR_ATIPAY_CONFIG', [`${head} in the config:`, ...problems.values()].join('\n'));
}

function describeProblem(detail: Joi.ValidationErrorItem, config: object): string {
  const { path, type } = detail;
  const option = String(path[0]);
  const known = Object.hasOwn(OPTIONS, option) ? OPTIONS[option as keyof AtipayConfig] : undefined;
  if (!known) return `${option} is not an option.${suggestion(option)}`;
  if (type === 'object.unknown') return `${path.join('.')} is not known; expected ${known.expected}.`;
  const value = valueAt(config, path);
  const isUrl = known.isUrl === true && typeof value === 'string' && value.trim() !== '';
  const given = isUrl ? `got ${describeUrl(value)}` : describeValue(value, detail);
  return `${path.join('.')}: expected ${known.expected}; ${given}.${alternative(value, detail)}`;
}

const valueAt = (config: object, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], config);

/** Describes the given value without showing it: it may be a secret. */
function describeValue(value: unknown, { type, context }: Joi.ValidationErrorItem): string {
  if (value === undefined) return 'it is missing';
  if (typeof value === 'string' && value.trim() === '') return 'it is empty';
  const limit = Number(context?.['limit']).toLocaleString('en');
  if (type === 'number.min') return `got a number under ${limit}`;
  if (type === 'number.max') return `got a number over ${limit}`;
  if (type === 'number.integer') return 'got a fraction';
  if (type === 'string.max') return `got a string of more than ${limit} characters`;
  if (type === 'any.only' && typeof value === 'string') return 'got another string';
  if (value === null) return 'got null';
  const name = Array.isArray(value) ? 'array' : typeof value;
  return `got ${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`;
}

/** The value that was meant where only its capitals differ. */
function alternative(value: unknown, { type, context }: Joi.ValidationErrorItem): string {
  if (type !== 'any.only' || typeof value !== 'string') return '';
  const values = (context?.['valids'] ?? []) as string[];
  const meant = values.find((one) => one.toLowerCase() === value.trim().toLowerCase());
  return meant === undefined ? '' : ` Did you mean '${meant}'?`;
}

function suggestion(option: string): string {
  const near = Object.keys(OPTIONS).find((name) => distance(name.toLowerCase(), option.toLowerCase()) <= 2);
  return near === undefined ? '' : ` Did you mean ${near}?`;
}

/** Levenshtein distance of two short words. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, charA] of Array.from(a).entries()) {
    const next = [i + 1];
    for (const [j, charB] of Array.from(b).entries()) {
      next.push(
        Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (charA === charB ? 0 : 1)),
      );
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
