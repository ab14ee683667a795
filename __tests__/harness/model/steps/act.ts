import type { PaymentEvent } from '../../../../lib/core/event';
import type { PaymentRecord } from '../../../../lib/core/record';
import { AtipayError } from '../../../../lib/errors';
import { readOrderFacts } from '../../../../lib/payments/order-facts';
import { run, type Outcome } from '../../../../lib/payments/run';
import type { UpdateOptions } from '../../../../lib/stores/store';
import { ModelStore, type StoreDefect } from '../store';
import {
  IDLE,
  spend,
  withItem,
  withWork,
  type Happened,
  type State,
  type Taken,
  type Weather,
  type Work,
} from '../state';
import { CONTEXT, placeOf, type World } from '../world';

/** A planted defect's changes to the steps around the machine. */
export interface StepDefect {
  /** verify-payment is called without a look at the lease. */
  asksLate?: boolean;
  /** The hook is called without a look at the lease. */
  callsLate?: boolean;
  /** onFailure is called without a look at the order. */
  callsUnchecked?: boolean;
  /** onFailure's transaction commits without a look at the order. */
  commitsUnchecked?: boolean;
  /** A callback does not read the order's holder. */
  readsNoHolder?: boolean;
  /** The first attempt is failed before the second is stored. */
  storesSecondLate?: boolean;
}

/** The settings of a world's exploration. */
export interface Model {
  world: World;
  store: StoreDefect;
  steps: StepDefect;
}

/** The letter of a process in a story. */
export const letter = (process: number): string => String.fromCharCode(65 + process);

const WORDS: Record<Weather, string> = {
  fine: '',
  locked: ' (the row is locked)',
  lostApplied: ' (connection lost, the write is applied)',
  lostUnapplied: ' (connection lost, the write is not applied)',
};

/** The store's possible reactions to the next write. */
export const weathers = ({ world }: Model, { left }: State): readonly Weather[] =>
  world.weather && left.troubles > 0 ? ['fine', 'locked', 'lostApplied', 'lostUnapplied'] : ['fine'];

export const words = (weather: Weather): string => WORDS[weather];
export const costOf = (weather: Weather): number => (weather === 'fine' ? 0 : 1);

/** The outcome of one event. */
export interface Acted {
  state: State;
  outcome: Outcome | undefined;
  happened: Happened;
  /** The store's weather made a difference. */
  met: boolean;
}

/** Lets an event happen to a payment of the state, by the library's `run`. */
export async function act(
  model: Model,
  state: State,
  read: PaymentRecord,
  event: PaymentEvent,
  { weather = 'fine', ...options }: UpdateOptions<unknown> & { weather?: Weather } = {},
): Promise<Acted> {
  const store = new ModelStore(state, weather, model.store);
  const { policy, reporter, settings } = CONTEXT;
  const { account, locale, onReview } = settings;
  const context = { policy, reporter, store, settings: { account, locale, onReview, now: () => state.now } };
  const payment = placeOf(read);
  try {
    const outcome = await run(context, read, event, options);
    const { effects, changed } = outcome;
    const after = rememberReports(store.state, payment, outcome);
    return { state: after, outcome, met: store.met, happened: { payment, event, effects, changed, weather } };
  } catch (threw) {
    if (!(threw instanceof AtipayError)) throw threw;
    return {
      state: store.state,
      outcome: undefined,
      met: store.met,
      happened: { payment, event, threw, weather },
    };
  }
}

function rememberReports(state: State, payment: number, { effects }: Outcome): State {
  if (!effects.includes('reportLost')) return state;
  const reported = withItem(state.memory.reported, payment, true);
  return { ...state, memory: { ...state.memory, reported } };
}

/** The order of a payment as a process reads it now; undefined when the shop would not be asked for this answer. */
export async function orderFacts(
  model: Model,
  state: State,
  record: PaymentRecord,
  payable: boolean | null,
): Promise<Awaited<ReturnType<typeof readOrderFacts>> | undefined> {
  const asked: true[] = [];
  const stillPayable = (): boolean => {
    asked.push(true);
    if (payable === null) throw new Error('The shop could not say.');
    return payable;
  };
  const store = new ModelStore(state, 'fine', model.store);
  const settings = { ...CONTEXT.settings, stillPayable, now: () => state.now };
  const facts = await readOrderFacts({ ...CONTEXT, store, settings }, record);
  return asked.length > 0 || payable === true ? facts : undefined;
}

/** A process' next step after an outcome. */
export function follow({ effects, record }: Outcome, tries: number): Work {
  if (effects.includes('hook')) return { at: 'call', held: record };
  return effects.includes('verify') ? { at: 'ask', held: record, tries } : IDLE;
}

/** The transition of a process that let an event happen; undefined when the weather made no difference. */
export function conclude(
  before: State,
  process: number,
  acted: Acted,
  next: (outcome: Outcome) => Work,
): Taken | undefined {
  const { weather = 'fine' } = acted.happened;
  if (weather !== 'fine' && !acted.met) return undefined;
  const work = acted.outcome ? next(acted.outcome) : IDLE;
  const after = spend(withWork(acted.state, process, work), 'troubles', costOf(weather));
  return { before, after, happened: acted.happened };
}
