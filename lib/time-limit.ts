/** Timers of a limit. */
export type Timers = Pick<typeof globalThis, 'setTimeout' | 'clearTimeout'>;

/** Settles as the work does, or as `late` does when the work takes longer. The work itself goes on. */
export async function limited<T, L>(
  work: T | PromiseLike<T>,
  ms: number,
  late: () => L | PromiseLike<L>,
  timers: Timers = globalThis,
): Promise<T | L> {
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<void>((resolve) => (timer = timers.setTimeout(resolve, ms)));
  try {
    return await Promise.race([work, expired.then(late)]);
  } finally {
    timers.clearTimeout(timer);
  }
}
