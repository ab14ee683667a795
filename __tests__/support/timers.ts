/** How many timers of these delays some work begins, and how many of them are not cleared when it is done. */
export async function timersOf(
  delays: readonly number[],
  work: () => Promise<unknown>,
): Promise<{ begun: number; left: number }> {
  const [set, clear] = [jest.spyOn(global, 'setTimeout'), jest.spyOn(global, 'clearTimeout')];
  try {
    await work();
    await new Promise(setImmediate);
    const begun = set.mock.results.filter((_, at) => delays.includes(Number(set.mock.calls[at]?.[1])));
    const cleared = new Set<unknown>(clear.mock.calls.map(([timer]) => timer));
    return { begun: begun.length, left: begun.filter(({ value }) => !cleared.has(value)).length };
  } finally {
    set.mockRestore();
    clear.mockRestore();
  }
}
