import type { PaymentStatus } from '../../core/record';
import type { TimeRange } from '../../stores/store';
import type { When } from '../dates';
import { showToday } from './commands/figures';
import { findPayments, list, show, showAttention } from './commands/look';
import { looking, type Common, type Make, type Print } from './common';
import * as values from './values';

interface Period {
  from?: When;
  until?: When;
}

interface ListOptions extends Common, Period {
  status?: PaymentStatus[];
  order?: string;
  receipt?: string;
  trace?: string;
  rrn?: string;
  mobile?: string;
  card?: string;
  confirmedFrom?: When;
  confirmedUntil?: When;
  after?: string;
  limit: number;
}

/** Commands that look. */
export function addLooks(command: Make, print: Print): void {
  command('attention', 'what needs a person, most urgent first').action(
    looking<Common>(print, (operator, { json = false }) => showAttention(operator, json)),
  );
  command('today', 'count and sum by status and hour, beside the week before')
    .option('--day <day>', 'another day', values.when)
    .action(
      looking<Common & { day?: When }>(print, (operator, { json = false, day }) =>
        showToday(operator, day?.from ?? operator.now(), json),
      ),
    );
  command('find <text...>', 'order, invoice, receipt, trace number, RRN, mobile, card’s last four, amount')
    .option('--from <when>', 'begun from here on', values.when)
    .option('--until <when>', 'begun until then; a day counts whole', values.when)
    .action((words: string[], options: Common & Period) =>
      looking<Common & Period>(print, (operator, { json = false, from, until }) =>
        findPayments(operator, words.join(' '), json, rangeOf(from, until)),
      )(options),
    );
  command('show <text...>', 'where the money is, then the facts and the story').action(
    (words: string[], options: Common) =>
      looking<Common>(print, (operator, { json = false }) => show(operator, words.join(' '), json))(options),
  );
  command('list', 'payments, newest first')
    .option('--status <statuses>', 'one or several with commas', values.statuses)
    .option('--order <id>', 'the order')
    .option('--receipt <receipt>', 'the digital receipt')
    .option('--trace <number>', 'the trace number')
    .option('--rrn <number>', "the bank's reference")
    .option('--mobile <number>', "the buyer's mobile")
    .option('--card <digits>', 'the last four digits of the card', values.cardEnd)
    .option('--from <when>', 'begun from here on', values.when)
    .option('--until <when>', 'begun until then; a day counts whole', values.when)
    .option('--confirmed-from <when>', 'confirmed from here on', values.when)
    .option('--confirmed-until <when>', 'confirmed until then', values.when)
    .option('--after <cursor>', 'the page after this one')
    .option('--limit <number>', 'payments to list', values.limit, 20)
    .action(
      looking<ListOptions>(print, (operator, options) =>
        list(operator, filterOf(options), options.json ?? false),
      ),
    );
}

const rangeOf = (from?: When, until?: When): TimeRange | undefined =>
  from || until ? { from: from?.from, before: until?.before } : undefined;

function filterOf(options: ListOptions): Parameters<typeof list>[1] {
  const { order, trace, rrn, mobile, from, until, confirmedFrom, confirmedUntil } = options;
  const folded = (text: string | undefined): string | undefined => text && values.key(text);
  return {
    statuses: options.status,
    orderId: folded(order),
    referenceNumber: options.receipt,
    traceNumber: folded(trace),
    rrn: folded(rrn),
    cellNumber: folded(mobile),
    cardEnd: options.card,
    begun: rangeOf(from, until),
    confirmed: rangeOf(confirmedFrom, confirmedUntil),
    after: options.after,
    limit: options.limit,
  };
}
