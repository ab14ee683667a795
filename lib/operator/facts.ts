import type { HistoryEntry, PaymentRecord } from '../core/record';
import { historyText } from '../texts/history';
import type { Locale } from '../texts';
import type { Label } from './labels';
import { MINUTE, momentText } from './dates';
import { reasonText } from './texts/reasons';
import { statusText } from './texts/statuses';
import { duration, money } from './words';

/** A pause in a history that is worth a word. */
const PAUSE_MS = MINUTE;

/** The facts of a payment, without its secrets; unknown ones are left out. */
export function factsOf(record: PaymentRecord, locale: Locale): [Label, string][] {
  const time = (at: number | null): string | null => (at === null ? null : momentText(at, locale, true));
  const status = statusText(record.status, locale);
  const { failureReason: reason } = record;
  const facts: [Label, string | null][] = [
    ['status', reason === null ? status : `${status} (${reasonText(reason, locale)})`],
    ['amount', money(record.amount, locale)],
    ['givenBack', record.givenBack === 0 ? null : money(record.givenBack, locale)],
    ['invoice', record.invoiceNumber],
    ['receipt', record.referenceNumber],
    ['trace', record.traceNumber],
    ['rrn', record.rrn],
    ['terminal', record.terminalId],
    ['card', record.maskedPan],
    ['mobile', record.cellNumber],
    ['description', record.description],
    ['account', record.account],
    ['begun', time(record.createdAt)],
    ['back', time(record.receivedAt)],
    ['confirmed', time(record.verifiedAt)],
    ['delivered', time(record.hookDeliveredAt)],
    ['due', time(record.dueAt)],
  ];
  return facts.flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
}

/** One line of a payment's story. */
export interface StoryLine {
  at: number;
  /** How long nothing happened before; empty for less than a minute. */
  pause: string;
  status: string;
  text: string;
  /** By a member of staff, or a sign of trouble. */
  tone: 'staff' | 'trouble' | 'plain';
}

const TROUBLE: ReadonlySet<string> = new Set([
  'tokenRefused',
  'tokenUnanswered',
  'verifyLost',
  'verifyUnanswered',
  'verifyTimedOut',
  'verifyRefused',
  'shopRefused',
  'amountDiffers',
  'hookThrew',
  'hookLost',
  'hookUndone',
]);

/** A payment's history as lines, oldest first. */
export const storyOf = ({ history }: PaymentRecord, locale: Locale): StoryLine[] =>
  history.map((entry, index) => {
    const waited = entry.at - (history[index - 1]?.at ?? entry.at);
    return {
      at: entry.at,
      pause: waited >= PAUSE_MS ? duration(waited, locale) : '',
      status: statusText(entry.status, locale),
      text: historyText(entry, locale),
      tone: toneOf(entry),
    };
  });

const toneOf = ({ by, event }: HistoryEntry): StoryLine['tone'] =>
  by !== undefined ? 'staff' : TROUBLE.has(event) ? 'trouble' : 'plain';
