import type { PaymentRecord } from '../core/record';
import { oneLine } from '../core/text';
import { historyText } from '../texts/history';
import type { Locale } from '../texts';
import { momentText } from './dates';
import { latest, situationOf, type Situation } from './situation';
import { explainEn } from './texts/explain-en';
import { explainFa } from './texts/explain-fa';
import { reasonText } from './texts/reasons';
import { duration, money, times } from './words';

/** Where the money of a payment is. */
export interface Explanation {
  situation: Situation;
  /** One sentence or two that can be read out: without the receipt, whose 50 characters are among the facts. */
  money: string;
  /** A sentence for the buyer. */
  buyer: string;
}

/** The parts of the sentences in the reader's language. */
export interface Facts {
  amount: string;
  /** Empty when the gateway named none. */
  trace: string;
  /** How long ago the payment was begun. */
  begunAgo: string;
  /** When the payment became paid. */
  confirmedAt: string;
  /** Who confirmed it by hand, and why; empty for a confirmation of AtiPay. */
  byHand: string;
  /** When the shop's hook returned. */
  deliveredAt: string;
  attempts: string;
  calls: string;
  /** When the next attempt or call is due; empty when none is. */
  next: string;
  /** The hook's transaction has committed. */
  applied: boolean;
  /** No call of the hook has been made. */
  uncalled: boolean;
  reason: string;
  /** The gateway's latest words about the receipt. */
  gatewaySaid: string;
  /** Why a received payment is not asked about. */
  waits: string;
  /** Sum of the give-backs; empty when there is none. */
  givenBack: string;
  whole: boolean;
}

/** The sentences of one language. */
export interface ExplainTexts {
  money: Record<Situation, (facts: Facts) => string>;
  buyer: Record<Situation, (facts: Facts) => string>;
  /** When the next step is due. */
  after: (time: string) => string;
  overdue: (ago: string) => string;
  givenBack: (facts: Facts) => string;
  buyerGivenBack: (facts: Facts) => string;
}

const TEXTS: Record<Locale, ExplainTexts> = { en: explainEn, fa: explainFa };
const LIMIT = 1_000;

/** Says where the money of a payment is, with a sentence for the buyer. */
export function explain(record: PaymentRecord, locale: Locale, now: number): Explanation {
  const situation = situationOf(record);
  const texts = TEXTS[locale];
  const facts = factsOf(record, locale, now);
  const returned = record.givenBack > 0;
  const sentence = (text: string): string => oneLine(text, LIMIT).trim();
  return {
    situation,
    money: sentence(`${texts.money[situation](facts)}${returned ? ` ${texts.givenBack(facts)}` : ''}`),
    buyer: sentence(returned ? texts.buyerGivenBack(facts) : texts.buyer[situation](facts)),
  };
}

function factsOf(record: PaymentRecord, locale: Locale, now: number): Facts {
  const said = latest(record, 'verifyRefused', 'shopRefused', 'amountDiffers');
  const waits = latest(record, 'orderTaken', 'payableUnknown');
  const text = (entry: typeof said): string => (entry ? historyText(entry, locale) : '');
  const time = (at: number | null): string => (at === null ? '' : momentText(at, locale));
  return {
    amount: money(record.amount, locale),
    trace: record.traceNumber ?? '',
    begunAgo: duration(now - record.createdAt, locale),
    confirmedAt: time(record.verifiedAt ?? record.updatedAt),
    byHand: byHand(record),
    deliveredAt: time(record.hookDeliveredAt),
    attempts: times(record.verifyAttempts, locale),
    calls: times(record.hookAttempts, locale),
    next: nextStep(record, locale, now),
    applied: record.hookAppliedAt !== null,
    uncalled: record.hookAttempts === 0,
    reason: reasonText(record.failureReason ?? 'Failed', locale),
    gatewaySaid: text(said),
    waits: text(waits),
    givenBack: record.givenBack === 0 ? '' : money(record.givenBack, locale),
    whole: record.givenBack >= record.amount,
  };
}

/** The words of the person who decided the payment, if one did. */
function byHand(record: PaymentRecord): string {
  const entry = latest(record, 'resolved');
  return entry ? [entry.by, entry.data?.['text']].filter(Boolean).join(': ') : '';
}

function nextStep({ dueAt }: PaymentRecord, locale: Locale, now: number): string {
  if (dueAt === null) return '';
  const { after, overdue } = TEXTS[locale];
  return dueAt > now ? after(momentText(dueAt, locale)) : overdue(duration(now - dueAt, locale));
}
