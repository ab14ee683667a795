/** Something an operator got wrong or has to mend: said without a stack, ends with 1, or 2 when the command is wrong. */
export class DeskError extends Error {
  constructor(
    message: string,
    readonly exitCode: 1 | 2 = 1,
  ) {
    super(message);
  }
}

/** A command that cannot be understood. */
export const misuse = (message: string): DeskError => new DeskError(message, 2);

const number = new Intl.NumberFormat('en-US');

/** Rials, with Tomans beside them: `250,000 Rials (25,000 Tomans)`. */
export const money = (rials: number): string =>
  `${number.format(rials)} Rials (${number.format(rials / 10)} Tomans)`;

/**
 * Text from outside, for a terminal: control characters and marks that turn a line around would let a gateway's or a
 * buyer's words write over ours. What Persian needs, the joiners included, stays.
 */
export const plain = (text: string): string =>
  text.replace(/[\p{Cc}\u202A-\u202E\u2066-\u2069\u200E\u200F]+/gu, ' ');

/** `5 s`, `3 min`, `2 h`, `4 days`. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** A moment in local time: `2026-01-01 11:30:00`. */
export function localTime(at: number): string {
  const date = new Date(at);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** A moment in local time and in UTC: `2026-01-01 11:30:00 +03:30 (2026-01-01T08:00:00Z)`. */
export function moment(at: number): string {
  return `${localTime(at)} ${offset(new Date(at))} (${new Date(at).toISOString().replace(/\.\d+/, '')})`;
}

function offset(date: Date): string {
  const minutes = -date.getTimezoneOffset();
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** How wide a text is on a terminal, nearly: marks and joiners have no width. */
const width = (text: string): number => text.replace(/[\p{M}\p{Cf}]/gu, '').length;

/** Rows in columns, two spaces apart; the last column is not padded. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => width(row[index] ?? ''))));
  const pad = (cell: string, index: number): string =>
    cell + ' '.repeat(Math.max(0, (widths[index] ?? 0) - width(cell)));
  return rows.map((row) => row.map(pad).join('  ').trimEnd());
}
