/** What is used of a Map or a WeakMap. */
interface Shelf<Key, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): unknown;
}

/** What is kept under a key; made, and kept, when nothing is yet. */
export function keptIn<Key, Value>(shelf: Shelf<Key, Value>, key: Key, make: () => Value): Value {
  const kept = shelf.get(key);
  if (kept !== undefined) return kept;
  const made = make();
  shelf.set(key, made);
  return made;
}
