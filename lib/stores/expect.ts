import { storeError } from './sql/errors';

/**
 * Refuses a client that lacks a method which its store calls.
 *
 * @throws AtipayError `ERR_ATIPAY_STORE`, with what was expected and the kind of what came: a value may be a secret.
 */
export function expectClient(client: unknown, methods: readonly string[], expected: string): void {
  const given = (client ?? {}) as Readonly<Record<string, unknown>>;
  if (methods.every((name) => typeof given[name] === 'function')) return;
  throw storeError(`The payment store expected ${expected}; got ${kindOf(client)}.`);
}

/** The kind of a value, to be named in an error. */
export function kindOf(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return 'an array';
  const { constructor } = Object(value) as { constructor?: { name?: unknown } };
  const name = typeof value === 'object' ? constructor?.name : undefined;
  return typeof name === 'string' && name !== 'Object'
    ? `a value of ${name}`
    : `a value of type ${typeof value}`;
}
