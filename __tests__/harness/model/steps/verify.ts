import { answerEvent, type VerifyAnswerLike } from '../../../../lib/core/answer';
import type { PaymentEvent } from '../../../../lib/core/event';
import { foldReceipt } from '../../../../lib/core/receipt';
import {
  IDLE,
  withItem,
  withWork,
  type ReplyName,
  type State,
  type Step,
  type Taken,
  type Truth,
  type Work,
} from '../state';
import { AMOUNT, placeOf } from '../world';
import { act, conclude, follow, letter, weathers, words, type Model } from './act';

type Ask = Extract<Work, { at: 'ask' }>;
type Asked = Extract<Work, { at: 'asked' }>;

const refusal = (aboutShop: boolean): VerifyAnswerLike => ({
  kind: 'refused',
  aboutShop,
  code: undefined,
  description: undefined,
});
const silence: VerifyAnswerLike = { kind: 'unanswered', error: new Error('No answer.') };

const REPLIES: Record<ReplyName, { says: string; answer: VerifyAnswerLike }> = {
  amount: { says: 'the equal amount', answer: { kind: 'amount', amount: AMOUNT } },
  other: { says: 'another amount', answer: { kind: 'amount', amount: AMOUNT + 1 } },
  refused: { says: 'a refusal', answer: refusal(false) },
  aboutShop: { says: 'a refusal about the shop', answer: refusal(true) },
  silent: { says: 'nothing', answer: silence },
  silentTaken: { says: 'nothing, and the money is taken', answer: silence },
};

/** Possible answers of the gateway, and its knowledge of the receipt from then on. */
const ANSWERS: Record<Truth, Partial<Record<ReplyName, Truth>>> = {
  open: {
    amount: 'taken',
    other: 'other',
    refused: 'bad',
    aboutShop: 'open',
    silent: 'open',
    silentTaken: 'taken',
  },
  taken: { amount: 'taken', refused: 'taken', aboutShop: 'taken', silent: 'taken' },
  other: { other: 'other', refused: 'other', aboutShop: 'other', silent: 'other' },
  bad: { refused: 'bad', aboutShop: 'bad', silent: 'bad' },
};

/** verify-payment is called, by a process that looks at its lease right before. */
export function askSteps(model: Model, state: State, process: number, work: Ask): Step[] {
  const { held } = work;
  const who = letter(process);
  if (!model.steps.asksLate && (held.leaseUntil ?? 0) <= state.now) {
    const after = withWork(state, process, IDLE);
    return [
      {
        name: `${who} finds its lease over`,
        actor: 'process',
        take: () => ({ before: state, after, happened: {} }),
      },
    ];
  }
  const receipt = foldReceipt(held.referenceNumber ?? '');
  const answers = Object.entries(ANSWERS[state.gateway[receipt] ?? 'bad']) as [ReplyName, Truth][];
  return answers
    .filter(([reply]) => model.world.replies.includes(reply))
    .map(([reply, truth]) => ({
      name: `${who} asks about payment ${placeOf(held)} (attempt ${held.verifyAttempts}): ${REPLIES[reply].says}`,
      actor: 'process',
      reply,
      take: () => ask(state, process, work, { receipt, truth, answer: REPLIES[reply].answer }),
    }));
}

function ask(
  state: State,
  process: number,
  { held, tries }: Ask,
  { receipt, truth, answer }: { receipt: string; truth: Truth; answer: VerifyAnswerLike },
): Taken {
  const payment = placeOf(held);
  const asked = (state.memory.asked[payment] ?? 0) + 1;
  const after: State = {
    ...withWork(state, process, { at: 'asked', held, tries, reply: answer }),
    gateway: { ...state.gateway, [receipt]: truth },
    memory: { ...state.memory, asked: withItem(state.memory.asked, payment, asked) },
  };
  return { before: state, after, happened: { payment, called: { what: 'verify', held } } };
}

/** The answer is stored; a callback's process may ask once more instead. */
export function answerSteps(model: Model, state: State, process: number, work: Asked): Step[] {
  const { held, reply, tries } = work;
  const store = (verb: string, event: PaymentEvent, left: number): Step[] =>
    weathers(model, state).map((weather) => ({
      name: `${letter(process)} ${verb} payment ${placeOf(held)}${words(weather)}`,
      actor: 'process',
      trouble: weather !== 'fine',
      take: async () => {
        const acted = await act(model, state, held, event, { weather });
        return conclude(state, process, acted, (outcome) =>
          event.on === 'verifyRepeated' && !outcome.changed ? IDLE : follow(outcome, left),
        );
      },
    }));
  const answered = store('stores the answer for', answerEvent(reply, held), 1);
  const mayRepeat = reply.kind === 'unanswered' && tries > 1;
  return mayRepeat
    ? [...answered, ...store('asks again for', { on: 'verifyRepeated', held }, tries - 1)]
    : answered;
}
