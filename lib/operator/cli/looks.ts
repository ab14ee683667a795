import type { PaymentStatus } from '../../core/record';
import type { TimeRange } from '../../stores/store';
import type { When } from '../dates';
import { showToday } from './commands/figures';
import { findPayments, list, show, showAttention } from './commands/look';
import { looking, type Common, type Kit } from './common';
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
export function addLooks({ command, text, values: read, print }: Kit): void {
  command('attention', 'attention').action(
    looking<Common>(print, (operator, { json = false }) => showAttention(operator, json)),
  );
  command('today', 'today')
    .option('--day <day>', text('day'), read.when)
    .action(
      looking<Common & { day?: When }>(print, (operator, { json = false, day }) =>
        showToday(operator, day?.from ?? operator.now(), json),
      ),
    );
  command('find <text...>', 'find')
    .option('--from <when>', text('from'), read.when)
    .option('--until <when>', text('until'), read.when)
    .action((words: string[], options: Common & Period) =>
      looking<Common & Period>(print, (operator, { json = false, from, until }) =>
        findPayments(operator, words.join(' '), json, rangeOf(from, until)),
      )(options),
    );
  command('show <text...>', 'show').action((words: string[], options: Common) =>
    looking<Common>(print, (operator, { json = false }) => show(operator, words.join(' '), json))(options),
  );
  command('list', 'list')
    .option('--status <statuses>', text('status'), read.statuses)
    .option('--order <id>', text('order'))
    .option('--receipt <receipt>', text('receipt'))
    .option('--trace <number>', text('trace'))
    .option('--rrn <number>', text('rrn'))
    .option('--mobile <number>', text('mobile'))
    .option('--card <digits>', text('card'), read.cardEnd)
    .option('--from <when>', text('from'), read.when)
    .option('--until <when>', text('until'), read.when)
    .option('--confirmed-from <when>', text('confirmedFrom'), read.when)
    .option('--confirmed-until <when>', text('confirmedUntil'), read.when)
    .option('--after <cursor>', text('next'))
    .option('--limit <number>', text('limit'), read.limit, 20)
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
