/**
 * A `stillPayable` that answers only when all callbacks have asked: all have read the payment, and none has written.
 */
export function crowd(size: number): () => Promise<true> {
  let arrived = 0;
  let open: () => void = () => undefined;
  const complete = new Promise<void>((resolve) => (open = resolve));
  return async () => {
    arrived += 1;
    if (arrived === size) open();
    await complete;
    return true;
  };
}
