import type { HistoryEntry, HistoryEvent } from '../core/record';
import { oneLine } from '../core/text';
import type { Locale } from '../texts';
import { historyEn } from './history/en';
import { historyFa } from './history/fa';

/** The details of an entry as texts; missing ones are empty. */
type Data = Readonly<
  Record<
    | 'amount'
    | 'attempt'
    | 'call'
    | 'code'
    | 'description'
    | 'expected'
    | 'order'
    | 'problem'
    | 'receipt'
    | 'reference'
    | 'state'
    | 'text',
    string
  >
>;

/** One text for each event of a history. */
export type HistoryTexts = Record<HistoryEvent, (data: Data, entry: HistoryEntry) => string>;

const TEXTS: Record<Locale, HistoryTexts> = { en: historyEn, fa: historyFa };

const NO_DATA: Data = {
  amount: '',
  attempt: '',
  call: '',
  code: '',
  description: '',
  expected: '',
  order: '',
  problem: '',
  receipt: '',
  reference: '',
  state: '',
  text: '',
};

/** Details that are read as numbers; others are names, though they may be digits. */
const COUNTED: ReadonlySet<string> = new Set(['amount', 'expected', 'attempt', 'call']);

/** English is also the language of the log: there, numbers stay as programs find them. */
const NUMBER: Record<Locale, (value: number) => string> = {
  en: String,
  fa: (value) => PERSIAN.format(value),
};
const PERSIAN = new Intl.NumberFormat('fa-IR');

/** Longer than any entry the package writes; entries hold words of the gateway and of staff. */
const LIMIT = 1_000;

/** A history entry as one line in a language. */
export function historyText(entry: HistoryEntry, locale: Locale): string {
  const data = Object.fromEntries(
    Object.entries(entry.data ?? {}).map(([name, value]) => [
      name,
      typeof value === 'number' && COUNTED.has(name) ? NUMBER[locale](value) : String(value),
    ]),
  );
  return oneLine(TEXTS[locale][entry.event]({ ...NO_DATA, ...data }, entry), LIMIT);
}
