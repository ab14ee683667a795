/** Waits, without a clock, until something is so. */
export async function until(reached: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await reached())) await new Promise(setImmediate);
}
