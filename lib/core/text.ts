import { maskCardNumbers } from './card-number';
import { fold, readings, type Reading } from './fold';
import { Masks } from './masks';

// Controls and line ends forge lines in a log; direction overrides turn the text beside them around; half a character
// is stored as another one than was given. Marks that Persian needs (ZWNJ, RLM) are none of these.
const UNRULY = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;
const BLANKS = /[\s\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu;

/** Whether a text may stand in a log line or on a page as it is. */
export const isOneLine = (text: string): boolean => !UNRULY.test(text);

/** Replaces control characters in untrusted text and truncates it to `limit`. */
export const oneLine = (text: string, limit: number): string => text.replace(BLANKS, ' ').slice(0, limit);

/** A value that must not be kept or logged, and the name that is shown instead: `[apiKey]`. */
export interface Secret {
  name: string;
  value: string;
}

/** Shorter values are ordinary words and numbers. */
const SHORTEST_SECRET = 6;
/** So many letters of a secret in a row are taken out: a text may quote a part of it. */
const QUOTED = 8;
/** The longest text that is searched; the rest is dropped. */
const SEARCHED = 4_096;

/**
 * Untrusted text without secrets and card numbers, as one line of at most `limit` characters. Secrets are found in any
 * case, spacing and digits, escaped for URLs, JSON or HTML, in hexadecimal and in base64, and where only a part is quoted.
 */
export function sanitize(text: string, secrets: readonly Secret[], limit: number): string {
  const searched = text.slice(0, SEARCHED);
  const masks = new Masks(searched);
  const all = readings(searched);
  for (const { name, value } of secrets) {
    if (fold(value).letters.length < SHORTEST_SECRET) continue;
    maskExact(searched, value, `[${name}]`, masks);
    const parts = partsOf(value);
    for (const reading of all) maskParts(reading, parts, `[${name}]`, masks);
  }
  for (const reading of all) maskCardNumbers(reading, masks);
  return oneLine(masks.toString(), limit);
}

function maskExact(text: string, value: string, shown: string, masks: Masks): void {
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length)) {
    masks.add(at, at + value.length, shown);
  }
}

function maskParts(reading: Reading, parts: Parts, shown: string, masks: Masks): void {
  const { letters, at } = fold(reading.text);
  for (let index = 0; index + parts.length <= letters.length; index += 1) {
    if (!parts.all.has(letters.slice(index, index + parts.length))) continue;
    const first = at[index] ?? 0;
    const last = at[index + parts.length - 1] ?? 0;
    masks.add(reading.start[first] ?? 0, reading.end[last] ?? 0, shown);
  }
}

interface Parts {
  length: number;
  all: ReadonlySet<string>;
}

/** Every part of a secret's forms that gives it away, folded. */
function partsOf(value: string): Parts {
  const forms = [value, ...encodings(value)].map((form) => fold(form).letters);
  const length = Math.min(QUOTED, ...forms.map((form) => form.length));
  const all = new Set<string>();
  for (const form of forms) {
    for (let index = 0; index + length <= form.length; index += 1) all.add(form.slice(index, index + length));
  }
  return { length, all };
}

/** A value in hexadecimal, and in base64, alone or inside a longer text. */
function encodings(value: string): string[] {
  const bytes = Buffer.from(value);
  const base64 = [0, 1, 2].map((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]);
    // The first and the last signs belong to the neighbours too.
    return whole.toString('base64').slice(Math.ceil((before * 8) / 6), Math.floor((whole.length * 8) / 6));
  });
  return [bytes.toString('hex'), ...base64];
}
