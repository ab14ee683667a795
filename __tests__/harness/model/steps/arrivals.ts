import type { PaymentEvent } from '../../../../lib/core/event';
import type { PaymentRecord } from '../../../../lib/core/record';
import { STATUSES } from '../../../../lib/core/statuses';
import { spend, withItem, withWork, type State, type Step, type Taken } from '../state';
import { placeOf } from '../world';
import { act, conclude, follow, letter, orderFacts, type Model } from './act';

const PAYABLE = [
  { payable: true, says: '' },
  { payable: false, says: '; the shop says not payable' },
  { payable: null, says: '; the shop cannot say' },
] as const;

const payables = ({ left }: State): (typeof PAYABLE)[number][] =>
  PAYABLE.filter(({ payable }) => payable === true || left.troubles > 0);

/** A row's order, read by a process that goes on with it. */
function readings(
  model: Model,
  state: State,
  record: PaymentRecord,
  next: (order: NonNullable<Awaited<ReturnType<typeof orderFacts>>>) => State,
): (Pick<Step, 'take' | 'trouble'> & { says: string })[] {
  return payables(state).map(({ payable, says }) => ({
    says,
    trouble: payable !== true,
    take: async () => {
      const order = await orderFacts(model, state, record, payable);
      if (!order) return undefined;
      const after = spend(next(order), 'troubles', payable === true ? 0 : 1);
      return { before: state, after, happened: {} };
    },
  }));
}

/** Buyers come back: with a receipt, or with a failure. */
export function buyerSteps(model: Model, state: State, process: number): Step[] {
  if (state.left.visits === 0) return [];
  const paid = spend(state, 'visits', 1);
  return state.db.rows.flatMap((row) => {
    if (row === undefined) return [];
    const receipts = model.world.receipts[placeOf(row)] ?? [];
    const claims = receipts.flatMap((receipt) => claimSteps(model, paid, process, row, receipt));
    return model.world.failures ? [...claims, failureStep(model, paid, process, row)] : claims;
  });
}

function claimSteps(
  model: Model,
  state: State,
  process: number,
  read: PaymentRecord,
  receipt: string,
): Step[] {
  const name = `${letter(process)} reads payment ${placeOf(read)}, whose buyer brings receipt ${receipt}`;
  const unread = { holder: null, payable: null };
  if (!STATUSES[read.status].open) {
    const after = withWork(state, process, { at: 'claim', read, receipt, order: unread });
    return [{ name, actor: 'buyer', take: () => ({ before: state, after, happened: {} }) }];
  }
  return readings(model, state, read, (order) => {
    const facts = model.steps.readsNoHolder
      ? { ...order, holder: null, payable: order.payable ?? true }
      : order;
    return withWork(state, process, { at: 'claim', read, receipt, order: facts });
  }).map(({ says, ...step }) => ({ ...step, name: name + says, actor: 'buyer' }));
}

function failureStep(model: Model, state: State, process: number, read: PaymentRecord): Step {
  const event: PaymentEvent = { on: 'buyerFailed', reason: 'Failed', state: 'Failed', details: {} };
  return {
    name: `${letter(process)} takes a failure callback of payment ${placeOf(read)}`,
    actor: 'buyer',
    take: async () => {
      const acted = await act(model, state, read, event);
      return conclude(state, process, acted, (outcome) => follow(outcome, 1));
    },
  };
}

/** A sweep reads a due row, and the order of one that waits. */
export function sweepSteps(model: Model, state: State, process: number): Step[] {
  return state.db.rows.flatMap((held): Step[] => {
    if (held?.dueAt == null || held.dueAt > state.now) return [];
    const name = `${letter(process)} sweeps payment ${placeOf(held)}`;
    if (held.status === 'received') {
      const next = (order: Parameters<Parameters<typeof readings>[3]>[0]): State =>
        withWork(state, process, { at: 'check', held, order });
      return readings(model, state, held, next).map(({ says, ...step }) => ({
        ...step,
        name: name + says,
        actor: 'sweep',
      }));
    }
    const reading = (mayVerify: boolean): Step => ({
      name: mayVerify ? name : `${name}, while no attempt is made`,
      actor: 'sweep',
      trouble: !mayVerify,
      take: () => ({
        before: state,
        after: withWork(state, process, { at: 'due', held, mayVerify }),
        happened: {},
      }),
    });
    return held.status === 'review' ? [reading(true), reading(false)] : [reading(true)];
  });
}

/** A person acts. Acts that are refused, or change nothing, are left out. */
export function staffSteps(model: Model, state: State, process: number): Step[] {
  if (state.left.acts === 0) return [];
  const paid = spend(state, 'acts', 1);
  const by = 'staff';
  const text = 'why';
  return state.db.rows.flatMap((row) => {
    if (row === undefined) return [];
    const events: PaymentEvent[] = [
      { on: 'retried', by },
      { on: 'noted', by, text },
      { on: 'gaveBack', by, text, amount: 600, reference: '' },
      { on: 'resolved', by, text, outcome: 'paid' },
      { on: 'resolved', by, text, outcome: 'failed' },
    ];
    return events
      .filter(({ on }) => on !== 'resolved' || row.status === 'review')
      .map((event) => staffStep(model, paid, process, row, event));
  });
}

function staffStep(
  model: Model,
  state: State,
  process: number,
  row: PaymentRecord,
  event: PaymentEvent,
): Step {
  const what = event.on === 'resolved' ? `resolved as ${event.outcome}` : event.on;
  return {
    name: `staff, by ${letter(process)}: payment ${placeOf(row)} is ${what}`,
    actor: 'staff',
    take: async (): Promise<Taken | undefined> => {
      const acted = await act(model, state, row, event);
      if (!acted.outcome?.changed) return undefined;
      const { record } = acted.outcome;
      if (event.on === 'retried' && record.status === 'received') {
        const order = await orderFacts(model, acted.state, record, true);
        if (!order) return undefined;
        const after = withWork(acted.state, process, { at: 'check', held: record, order });
        return { before: state, after, happened: acted.happened };
      }
      const decided = event.on === 'resolved' ? decidedByStaff(acted.state, row) : acted.state;
      return conclude(state, process, { ...acted, state: decided }, (outcome) => follow(outcome, 1));
    },
  };
}

const decidedByStaff = (state: State, row: PaymentRecord): State => ({
  ...state,
  memory: { ...state.memory, byStaff: withItem(state.memory.byStaff, placeOf(row), true) },
});
