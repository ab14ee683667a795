import type { PaymentEvent } from '../../../../lib/core/event';
import type { PaymentRecord } from '../../../../lib/core/record';
import { orderIsAlive } from '../../../../lib/payments/order-facts';
import { ModelStore } from '../store';
import {
  IDLE,
  spend,
  withItem,
  withWork,
  type ShopBooks,
  type State,
  type Step,
  type Taken,
  type Work,
} from '../state';
import { placeOf } from '../world';
import { act, conclude, letter, weathers, words, type Acted, type Model } from './act';

type Call = Extract<Work, { at: 'call' }>;
type Skip = Extract<Work, { at: 'skip' }>;
type Hook = Extract<Work, { at: 'hook' }>;

/** The hook is about to be called: its lease and, for onFailure, its order are looked at. */
export function callSteps(model: Model, state: State, process: number, { held }: Call): Step[] {
  const who = letter(process);
  const payment = placeOf(held);
  if (!model.steps.callsLate && (held.leaseUntil ?? 0) <= state.now) {
    const after = withWork(state, process, IDLE);
    return [
      {
        name: `${who} finds its lease over`,
        actor: 'process',
        take: () => ({ before: state, after, happened: {} }),
      },
    ];
  }
  const name = `${who} calls the ${held.status} hook of payment ${payment} (call ${held.hookAttempts})`;
  const take = async (): Promise<Taken> => {
    if (!model.steps.callsUnchecked && (await isNotOwed(model, state, held))) {
      return { before: state, after: withWork(state, process, { at: 'skip', held }), happened: {} };
    }
    const after = withWork(state, process, { at: 'hook', held, read: held, applied: false });
    return { before: state, after, happened: { payment, called: { what: 'hook', held } } };
  };
  return [{ name, actor: 'process', take }];
}

const isNotOwed = async (model: Model, state: State, held: PaymentRecord): Promise<boolean> =>
  held.status === 'failed' &&
  (await orderIsAlive({ store: new ModelStore(state, 'fine', model.store) }, held));

/** The hook turned out not to be called. */
export function skipSteps(model: Model, state: State, process: number, { held }: Skip): Step[] {
  return weathers(model, state).map((weather) => ({
    name: `${letter(process)} stores that the hook of payment ${placeOf(held)} is not called${words(weather)}`,
    actor: 'process',
    trouble: weather !== 'fine',
    take: async () => {
      const acted = await act(model, state, held, { on: 'hookNotOwed', held }, { weather });
      const skipped = acted.outcome?.changed
        ? { ...acted, state: inBooks(acted.state, held, { skipped: true }) }
        : acted;
      return conclude(state, process, skipped, () => IDLE);
    },
  }));
}

const inBooks = (state: State, record: PaymentRecord, change: Partial<ShopBooks>): State => {
  const place = placeOf(record);
  const books = { ...(state.db.shop[place] as ShopBooks), ...change };
  return { ...state, db: { ...state.db, shop: withItem(state.db.shop, place, books) } };
};

/** The hook runs its transaction, then returns; or it throws, before or after. */
export function hookSteps(model: Model, state: State, process: number, work: Hook): Step[] {
  const { held, applied } = work;
  const done = applied || held.hookAppliedAt !== null;
  const steps = done
    ? returnSteps(model, state, process, work)
    : [transactionStep(model, state, process, work)];
  return state.left.troubles > 0 ? [...steps, ...troubles(model, state, process, work)] : steps;
}

function returnSteps(model: Model, state: State, process: number, work: Hook): Step[] {
  const { held, read, applied } = work;
  return weathers(model, state).map((weather) => ({
    name: `${letter(process)}'s hook of payment ${placeOf(held)} returns${words(weather)}`,
    actor: 'process',
    trouble: weather !== 'fine',
    take: async () => {
      const acted = await act(model, state, read, { on: 'hookReturned', held, applied }, { weather });
      return conclude(state, process, acted, callAgain);
    },
  }));
}

function transactionStep(model: Model, state: State, process: number, work: Hook): Step {
  const { held } = work;
  return {
    name: `${letter(process)}'s hook of payment ${placeOf(held)} runs its transaction`,
    actor: 'process',
    take: async () => {
      const mark = await transact(model, state, held);
      if (mark === undefined) return threw(model, state, process, work, false);
      const after = withWork(mark.state, process, { ...work, read: mark.read, applied: true });
      return { before: state, after, happened: { payment: placeOf(held), committed: held } };
    },
  };
}

/** The transaction's mark, its work and its checks; undefined when it is rolled back. */
async function transact(
  model: Model,
  state: State,
  held: PaymentRecord,
): Promise<{ state: State; read: PaymentRecord } | undefined> {
  const marked = await act(model, state, held, { on: 'hookApplied', held }, { tx: {} });
  if (!marked.outcome?.changed) return undefined;
  if (!model.steps.commitsUnchecked && (await isNotOwed(model, marked.state, held))) return undefined;
  const { status } = held;
  if (status !== 'paid' && status !== 'failed' && status !== 'review') return undefined;
  const count = (marked.state.db.shop[placeOf(held)]?.[status] ?? 0) + 1;
  return { state: inBooks(marked.state, held, { [status]: count }), read: marked.outcome.record };
}

function troubles(model: Model, state: State, process: number, work: Hook): Step[] {
  const { held, applied } = work;
  const hook = `${letter(process)}'s hook of payment ${placeOf(held)}`;
  const kinds = [false, true].map((transient) => ({
    transient,
    kind: transient ? ' for a transient reason' : '',
  }));
  const plain = kinds.map(({ transient, kind }): Step => ({
    name: `${hook} throws${kind}`,
    actor: 'process',
    trouble: true,
    take: () => threw(model, spend(state, 'troubles', 1), process, work, transient),
  }));
  if (applied || held.hookAppliedAt !== null) return plain;
  const lost = kinds.map(({ transient, kind }): Step => ({
    name: `${hook} commits its transaction, and the answer is lost${kind}`,
    actor: 'process',
    trouble: true,
    take: async () => {
      const mark = await transact(model, state, held);
      if (!mark) return undefined;
      const taken = await threw(model, spend(mark.state, 'troubles', 1), process, work, transient);
      return taken && { ...taken, before: state, happened: { ...taken.happened, committed: held } };
    },
  }));
  return [...plain, ...lost];
}

async function threw(
  model: Model,
  state: State,
  process: number,
  { held, read }: Hook,
  transient: boolean,
): Promise<Taken | undefined> {
  const event: PaymentEvent = { on: 'hookThrew', held, problem: '', transient, spread: 1 };
  const acted = await act(model, state, read, event);
  return conclude(state, process, acted, callAgain);
}

const callAgain = ({ changed, effects, record }: NonNullable<Acted['outcome']>): Work =>
  changed && effects.includes('hook') ? { at: 'call', held: record } : IDLE;
