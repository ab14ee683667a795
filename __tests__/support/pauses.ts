import timers from 'node:timers/promises';

/** Does work in which the pauses before a repeated call pass at once. */
export async function withoutPauses<T>(work: () => Promise<T>): Promise<T> {
  const pauses = jest.spyOn(timers, 'setTimeout').mockImplementation((_ms, value) => Promise.resolve(value));
  try {
    return await work();
  } finally {
    pauses.mockRestore();
  }
}
