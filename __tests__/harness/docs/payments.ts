import type { EventName } from '../../../lib/core/event';
import { STATUSES, TRANSITIONS } from '../../../lib/core/machine';
import type { PaymentStatus } from '../../../lib/core/record';
import { EVERY } from '../../../lib/core/statuses';
import type { Transition } from '../../../lib/core/transitions/row';
import { code, table } from './table';

/** The page that is generated. */
export const PAGE = 'docs/payments.md';

const EVENTS: Record<EventName, string> = {
  tokenGiven: 'get-token gave a token',
  tokenRefused: 'get-token refused one',
  tokenUnanswered: 'get-token gave no usable answer',
  buyerFailed: 'the callback names a failure of Table 1',
  buyerPaid: 'the callback brings a receipt',
  orderTaken: 'the store refused a write: another payment has the order',
  receiptTaken: 'the store refused a write: another payment has the receipt',
  due: 'a deadline has passed',
  orderChecked: 'the order of a waiting payment was looked at again',
  verifyRepeated: 'the same process asks verify-payment once more',
  amountConfirmed: 'verify-payment answered the amount',
  amountDiffers: 'verify-payment answered another amount',
  verifyRefused: 'verify-payment refused',
  verifyUnanswered: 'verify-payment gave no usable answer',
  hookApplied: 'the transaction of a hook is about to commit',
  hookReturned: 'the hook returned',
  hookThrew: 'the hook threw or took too long',
  hookNotOwed: 'the hook is not to be called: another payment of the order is alive',
  resolved: 'a person decided on a review',
  retried: 'a person asks for the next step now',
  noted: 'a person added a note',
  gaveBack: 'a person recorded a give-back',
  purged: 'personal data is removed',
};

const NAMES = Object.keys(EVENTS) as EventName[];
const ALL = EVERY;

/** The text of `docs/payments.md`. */
export function paymentsPage(): string {
  return [
    '# The life of a payment',
    'Generated from `TRANSITIONS` in `lib/core/transitions` by `npm run docs:payments`. Do not edit it by hand.',
    '## Statuses',
    table(['status', 'holds the order', 'final', 'hook'], ALL.map(statusCells)),
    '## Diagram',
    ['```mermaid', 'stateDiagram-v2', ...edges(), '```'].join('\n'),
    '## Transitions',
    'For each event the first row that fits fires: the payment is in one of the statuses, and every condition holds. Where no row fits, nothing changes. An empty `to` keeps the status.',
    ...NAMES.flatMap(section),
  ]
    .join('\n\n')
    .concat('\n');
}

const statusCells = (status: PaymentStatus): string[] => {
  const { holdsOrder, final, hook } = STATUSES[status];
  return [code(status), holdsOrder ? 'yes' : '', final ? 'yes' : '', hook === null ? '' : code(hook)];
};

/** The status changes of the table, each with the events that lead to it. */
function edges(): string[] {
  const events = new Map<string, Set<string>>();
  for (const name of NAMES) {
    for (const { from, to } of rowsOf(name)) {
      for (const status of from) {
        if (to === undefined || to === status) continue;
        const edge = `  ${status} --> ${to}`;
        events.set(edge, (events.get(edge) ?? new Set()).add(name));
      }
    }
  }
  return ['  [*] --> created', ...[...events].map(([edge, names]) => `${edge}: ${[...names].join(', ')}`)];
}

const rowsOf = (name: EventName): readonly Transition<EventName>[] =>
  TRANSITIONS[name] as readonly Transition<EventName>[];

function section(name: EventName): string[] {
  const rows = rowsOf(name).map(({ from, when = [], unless = [], to, reason, then = [], refuse }) => [
    from.map(code).join(', '),
    [...when.map((guard) => code(guard.name)), ...unless.map((guard) => `not ${code(guard.name)}`)].join(
      ', ',
    ),
    to === undefined ? '' : code(to),
    typeof reason === 'function' ? 'as the gateway names it' : reason === undefined ? '' : code(reason),
    refuse === undefined ? then.map(code).join(', ') : `refused: ${code(refuse)}`,
  ]);
  return [`### ${code(name)}: ${EVENTS[name]}`, table(['from', 'when', 'to', 'reason', 'then'], rows)];
}
