/** Measures in turn, a b a b …, so that disturbances of the machine affect both sides alike. */
export async function inTurn<T>(rounds: number, sides: readonly (() => Promise<T>)[]): Promise<T[][]> {
  const results: T[][] = sides.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, side] of sides.entries()) results[index]?.push(await side());
  }
  return results;
}
