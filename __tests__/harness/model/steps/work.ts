import type { PaymentEvent } from '../../../../lib/core/event';
import type { PaymentRecord } from '../../../../lib/core/record';
import { placeOf } from '../world';
import type { State, Step, Work } from '../state';
import { act, conclude, follow, letter, weathers, words, type Model } from './act';
import { callSteps, hookSteps, skipSteps } from './hooks';
import { secondSteps, tokenSteps } from './token';
import { answerSteps, askSteps } from './verify';

/** A process' next step. */
export function workSteps(model: Model, state: State, process: number, work: Work): Step[] {
  switch (work.at) {
    case 'idle':
      return [];
    case 'token':
      return tokenSteps(model, state, process, work);
    case 'afresh':
    case 'replaced':
      return secondSteps(model, state, process, work);
    case 'claim':
      return claimSteps(model, state, process, work);
    case 'due':
      return sweptSteps(model, state, process, work.held, {
        on: 'due',
        held: work.held,
        mayVerify: work.mayVerify,
      });
    case 'check':
      return sweptSteps(model, state, process, work.held, {
        on: 'orderChecked',
        held: work.held,
        order: work.order,
      });
    case 'ask':
      return askSteps(model, state, process, work);
    case 'asked':
      return answerSteps(model, state, process, work);
    case 'call':
      return callSteps(model, state, process, work);
    case 'skip':
      return skipSteps(model, state, process, work);
    case 'hook':
      return hookSteps(model, state, process, work);
  }
}

function claimSteps(
  model: Model,
  state: State,
  process: number,
  { read, receipt, order }: Extract<Work, { at: 'claim' }>,
): Step[] {
  const details = { traceNumber: null, terminalId: null, rrn: null, maskedPan: null, cardEnd: null };
  const event: PaymentEvent = {
    on: 'buyerPaid',
    receipt: { referenceNumber: receipt, ...details },
    order,
  };
  return weathers(model, state).map((weather) => ({
    name: `${letter(process)} stores the receipt for payment ${placeOf(read)}${words(weather)}`,
    actor: 'process',
    trouble: weather !== 'fine',
    take: async () => {
      const acted = await act(model, state, read, event, { weather });
      return conclude(state, process, acted, (outcome) => follow(outcome, model.world.tries));
    },
  }));
}

function sweptSteps(
  model: Model,
  state: State,
  process: number,
  held: PaymentRecord,
  event: PaymentEvent,
): Step[] {
  const what = event.on === 'due' ? 'does what is due for' : 'goes on with';
  return weathers(model, state).map((weather) => ({
    name: `${letter(process)} ${what} payment ${placeOf(held)}${words(weather)}`,
    actor: 'process',
    trouble: weather !== 'fine',
    take: async () => {
      const acted = await act(model, state, held, event, { weather, wait: false });
      return conclude(state, process, acted, (outcome) => follow(outcome, 1));
    },
  }));
}
