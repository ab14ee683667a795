/** A text, and for each of its characters where it stands in the text it was read from. */
export interface Reading {
  text: string;
  start: number[];
  end: number[];
}

/** How often an escaped text is unescaped: a URL in JSON in HTML. */
const DEPTH = 3;

const ESCAPE =
  /((?:%[0-9a-f]{2})+)|\\u([0-9a-f]{4})|\\u\{([0-9a-f]{1,6})\}|\\x([0-9a-f]{2})|&#x([0-9a-f]{1,6});?|&#(\d{1,7});?|\\([nrtbf"'\\/])|&(?:amp|lt|gt|quot|apos|sol|nbsp|equals|plus);/gi;

/** A text as it is, then with one level of escapes (URL, JSON, HTML) read after the other. */
export function readings(text: string): Reading[] {
  const all = [plain(text)];
  for (let depth = 0; depth < DEPTH; depth += 1) {
    const last = all.at(-1);
    const next = last && unescaped(last);
    if (!next) break;
    all.push(next);
  }
  return all;
}

function plain(text: string): Reading {
  const start = Array.from({ length: text.length }, (_, index) => index);
  return { text, start, end: start.map((index) => index + 1) };
}

/** Undefined where there is nothing to unescape. */
function unescaped({ text, start, end }: Reading): Reading | undefined {
  const next: Reading = { text: '', start: [], end: [] };
  let from = 0;
  const append = (part: string, first: number, last: number, each: boolean): void => {
    for (let index = 0; index < part.length; index += 1) {
      next.start.push(start[each ? first + index : first] ?? 0);
      next.end.push(end[each ? first + index : last] ?? 0);
    }
    next.text += part;
  };
  for (const match of text.matchAll(ESCAPE)) {
    append(text.slice(from, match.index), from, match.index, true);
    from = match.index + match[0].length;
    append(characterOf(match), match.index, from - 1, false);
  }
  if (from === 0) return undefined;
  append(text.slice(from), from, text.length, true);
  return next;
}

/** The signs that begin a further level of escapes. */
const NESTING: Readonly<Record<string, string>> = { '\\\\': '\\', '&amp;': '&' };

function characterOf([whole, percent, ...codes]: RegExpExecArray): string {
  if (percent !== undefined) return Buffer.from(percent.replaceAll('%', ''), 'hex').toString();
  const nesting = NESTING[whole.toLowerCase()];
  if (nesting !== undefined) return nesting;
  const [u4, u, x, hex, decimal] = codes;
  const code = Number.parseInt(u4 ?? u ?? x ?? hex ?? decimal ?? '', decimal === undefined ? 16 : 10);
  // The remaining characters stand for punctuation, which folding drops.
  return code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
}

/** Letters and digits alone, in lower case and in their usual form, and where each stands in the reading. */
export function fold(text: string): { letters: string; at: number[] } {
  const at: number[] = [];
  let letters = '';
  let index = 0;
  for (const sign of text) {
    for (const letter of usual(sign)) {
      letters += letter;
      at.push(index);
    }
    index += sign.length;
  }
  return { letters, at };
}

/** The UTF-16 units of a sign's letters and digits; Persian and Arabic digits become Latin ones. */
function usual(sign: string): string[] {
  if (/^[a-z0-9]$/.test(sign)) return [sign];
  const lower = sign.normalize('NFKC').toLowerCase();
  const digits = lower.replace(/[\u06f0-\u06f9\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
  return digits.replace(/[^\p{L}\p{N}]/gu, '').split('');
}
