import type Joi from 'joi';
import type { AtipayConfig } from './config';
import { AtipayError } from './errors';
import { OPTIONS } from './options';

/** The error of a config: one line a problem, each with what to write. No value is echoed. */
export function configError(details: Joi.ValidationErrorItem[], config: object): AtipayError {
  const problems = new Map(
    details.map((detail) => [detail.path.join('.'), `  - ${describeProblem(detail, config)}`]),
  );
  const head = problems.size === 1 ? 'a problem' : `${problems.size} problems`;
  return new AtipayError('ERR_ATIPAY_CONFIG', [`${head} in the config:`, ...problems.values()].join('\n'));
}

function describeProblem({ path, type }: Joi.ValidationErrorItem, config: object): string {
  const option = String(path[0]);
  const known = Object.hasOwn(OPTIONS, option) ? OPTIONS[option as keyof AtipayConfig] : undefined;
  if (!known) return `${option} is not an option.${suggestion(option)}`;
  const wrong = type === 'object.unknown' ? 'is not known' : describeValue(valueAt(config, path));
  return `${path.join('.')} ${wrong}. Write ${known.write}.`;
}

const valueAt = (config: object, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], config);

/** What is wrong with a value, without showing it: it may be a secret. */
function describeValue(value: unknown): string {
  if (value === undefined) return 'is missing';
  if (typeof value === 'string' && value.trim() === '') return 'is empty';
  const type = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  return `is not right (a value of type ${type})`;
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
