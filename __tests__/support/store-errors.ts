import { inspect } from 'node:util';
import type { AtipayError } from '../../lib/errors';

/** The error that a promise is rejected with; fails the test when it is not. */
export async function rejection(promise: Promise<unknown>): Promise<AtipayError> {
  try {
    await promise;
  } catch (error) {
    return error as AtipayError;
  }
  throw new Error('The promise was fulfilled.');
}

/** All that a log could show of an error, causes and hidden properties included. */
export const everythingIn = (error: unknown): string => inspect(error, { depth: 20, showHidden: true });
