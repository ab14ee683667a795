import type { Schema } from 'joi';
import { AtipayError } from '../errors';

/** Validates a developer's input; reports every problem at once. Throws `ERR_ATIPAY_SIMULATOR`. */
export function check<T>(schema: Schema<T>, value: unknown, subject: string): T {
  const result = schema.validate(value, { abortEarly: false, convert: false });
  if (result.error === undefined) return result.value;
  const problems = result.error.details.map((detail) => detail.message.replaceAll('"', '`'));
  throw simulatorError(`${subject}: ${problems.join('; ')}.`);
}

/** The simulator's error for a request that it cannot carry out. */
export function simulatorError(message: string, cause?: unknown): AtipayError {
  return new AtipayError('ERR_ATIPAY_SIMULATOR', message, cause === undefined ? {} : { cause });
}
