import type { PaymentEvent } from '../../../../lib/core/event';
import type { PaymentRecord } from '../../../../lib/core/record';
import { TAKING } from '../../../../lib/core/statuses';
import { ModelStore } from '../store';
import {
  IDLE,
  spend,
  withWork,
  type State,
  type Step,
  type Taken,
  type TokenReply,
  type Work,
} from '../state';
import { createdPayment, placeOf } from '../world';
import { act, conclude, follow, letter, type Model } from './act';

type Token = Extract<Work, { at: 'token' }>;
type Second = Extract<Work, { at: 'afresh' | 'replaced' }>;

const REPLIES: readonly TokenReply[] = ['token', 'refused', 'unanswered'];

function eventOf(reply: TokenReply): PaymentEvent {
  if (reply === 'token') return { on: 'tokenGiven', token: 'token' };
  if (reply === 'unanswered') return { on: 'tokenUnanswered', problem: '' };
  return { on: 'tokenRefused', code: undefined, description: undefined };
}

/** A buyer begins one more attempt at an order that no receipt has come for. */
export function startSteps(model: Model, state: State, process: number): Step[] {
  const place = state.db.rows.indexOf(undefined);
  if (place === -1 || state.left.visits === 0 || state.memory.rewound) return [];
  const isTaken = state.db.rows.some((row) => row && TAKING.includes(row.status));
  if (isTaken) return [];
  const name = `${letter(process)} begins payment ${place}`;
  return [{ name, actor: 'buyer', take: () => insert(model, spend(state, 'visits', 1), process, place) }];
}

async function insert(
  model: Model,
  state: State,
  process: number,
  place: number,
  first?: PaymentRecord,
): Promise<Taken> {
  const held = createdPayment(model.world, place, state.now);
  const inserted = new ModelStore(state);
  await inserted.insert(held);
  const after = withWork(inserted.state, process, { at: 'token', held, ...(first && { first }) });
  return { before: state, after, happened: { payment: place } };
}

/** get-token answers; an attempt on a kept connection may be made afresh by a second one. */
export function tokenSteps(model: Model, state: State, process: number, work: Token): Step[] {
  const { held, first } = work;
  const who = letter(process);
  const answered = REPLIES.map((reply): Step => {
    const name = `${who} asks for the token of payment ${placeOf(held)}: ${reply}`;
    if (first !== undefined) {
      const after = withWork(state, process, { at: 'replaced', first, second: held, reply });
      return { name, actor: 'process', reply, take: () => ({ before: state, after, happened: {} }) };
    }
    return { name, actor: 'process', reply, take: () => store(model, state, process, held, eventOf(reply)) };
  });
  if (first !== undefined || !state.db.rows.includes(undefined)) return answered;
  const after = withWork(state, process, { at: 'afresh', first: held });
  const afresh: Step = {
    name: `${who} loses its kept connection for payment ${placeOf(held)}`,
    actor: 'process',
    trouble: true,
    take: () =>
      model.steps.storesSecondLate
        ? store(model, state, process, held, eventOf('unanswered'), after)
        : { before: state, after, happened: {} },
  };
  return [...answered, afresh];
}

async function store(
  model: Model,
  state: State,
  process: number,
  held: PaymentRecord,
  event: PaymentEvent,
  next?: State,
): Promise<Awaited<ReturnType<Step['take']>>> {
  const acted = await act(model, state, held, event);
  return conclude(state, process, acted, (outcome) => next?.processes[process] ?? follow(outcome, 1));
}

/** The second attempt is stored, then the first is failed, then the second gets its answer. */
export function secondSteps(model: Model, state: State, process: number, work: Second): Step[] {
  const who = letter(process);
  const { first } = work;
  if (work.at === 'afresh') {
    const place = state.db.rows.indexOf(undefined);
    if (place === -1) return [];
    const take = (): Promise<Taken> => insert(model, state, process, place, first);
    return [{ name: `${who} stores a second attempt`, actor: 'process', take }];
  }
  const { second, reply } = work;
  const name = `${who} fails the first attempt`;
  const take: Step['take'] = async () => {
    const acted = await act(model, state, first, eventOf('unanswered'));
    const { outcome } = acted;
    // The second attempt is alive, so the hook of the first is not called; its look at the order is a separate step.
    if (!outcome) return conclude(state, process, acted, () => IDLE);
    const stored = await act(model, acted.state, second, eventOf(reply));
    return conclude(state, process, stored, (last) => follow(last, 1));
  };
  return [{ name, actor: 'process', take }];
}
