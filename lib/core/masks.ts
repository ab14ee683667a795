interface Mask {
  shown: string;
  /** Masks beside each other that show the same become one. */
  joins: boolean;
}

/** Parts of a text that are shown as something else. */
export class Masks {
  readonly #masks: (Mask | undefined)[] = [];

  constructor(private readonly text: string) {}

  /** Shows `shown` instead of the characters from `start` to before `end`. Masked characters stay masked. */
  add(start: number, end: number, shown: string, joins = true): void {
    const mask = { shown, joins };
    for (let index = start; index < end; index += 1) this.#masks[index] ??= mask;
  }

  toString(): string {
    let shown = '';
    for (let index = 0; index < this.text.length; index += 1) {
      const mask = this.#masks[index];
      if (!mask) shown += this.text.charAt(index);
      else if (!this.#continues(index, mask)) shown += mask.shown;
    }
    return shown;
  }

  #continues(index: number, mask: Mask): boolean {
    const before = this.#masks[index - 1];
    return before === mask || (mask.joins && before?.shown === mask.shown);
  }
}
