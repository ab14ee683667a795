import { setTimeout } from 'node:timers/promises';
import type { VerifyAnswer } from '../gateway/client';
import { answerEvent } from '../core/answer';
import type { PaymentRecord } from '../core/record';
import { traceSubject, traced, verifyTrace } from '../tracing';
import type { Context } from './context';
import { deliverSoon } from './hooks';
import { noAnswer } from './gateway-problem';
import { reportGatewayError } from './report';
import { run } from './run';

/** How long, and how often, one caller asks. */
export interface VerifyLimits {
  tries: number;
  /** Milliseconds for all tries together; without it each call may take the whole `http.timeout`. */
  patienceMs?: number;
}

/** The result of the attempts. */
export interface Verified {
  record: PaymentRecord;
  /** The last attempt's kind of answer; undefined when none was made. */
  answer: VerifyAnswer['kind'] | undefined;
}

/**
 * Asks verify-payment about a payment whose attempt is counted and leased, and applies the answer. Repeats the call
 * within its limits while no answer comes; each further attempt is counted before it is made.
 */
export async function verify(
  context: Context,
  claimed: PaymentRecord,
  { tries, patienceMs = Infinity }: VerifyLimits,
): Promise<Verified> {
  const { verifyPauseMs, shortestCallMs } = context.policy;
  const end = performance.now() + patienceMs;
  let answer: VerifyAnswer['kind'] | undefined;
  for (let held = claimed, left = tries - 1; ; left -= 1) {
    if (leaseIsOver(context, held)) return { record: held, answer };
    const reply = await ask(context, held, end - performance.now());
    answer = reply.kind;
    if (reply.kind !== 'unanswered') return { record: await applyAnswer(context, held, reply), answer };
    const problem = noAnswer(context, 'verify-payment', reply);
    reportGatewayError(context, held, 'verify-payment', problem, 'warn');
    const mayRepeat = left > 0 && end - performance.now() >= shortestCallMs + verifyPauseMs;
    if (!mayRepeat) return { record: await applyAnswer(context, held, reply), answer };
    await setTimeout(verifyPauseMs);
    const repeated = await run(context, held, { on: 'verifyRepeated', held });
    if (!repeated.changed) return { record: repeated.record, answer };
    held = repeated.record;
  }
}

/** A call made after the lease could overlap with another process' call. */
const leaseIsOver = ({ settings }: Context, { leaseUntil }: PaymentRecord): boolean =>
  (leaseUntil ?? 0) <= settings.now();

async function applyAnswer(
  context: Context,
  held: PaymentRecord,
  answer: VerifyAnswer,
): Promise<PaymentRecord> {
  const { record, effects } = await run(context, held, answerEvent(answer, held));
  return effects.includes('hook') ? deliverSoon(context, record) : record;
}

function ask(context: Context, record: PaymentRecord, timeout: number): Promise<VerifyAnswer> {
  const request = { referenceNumber: record.referenceNumber ?? '', terminalId: record.terminalId };
  return traced(
    'atipay:verify-payment',
    () => ({ ...traceSubject(record), attempt: record.verifyAttempts }),
    () => context.client.verifyPayment(request, Number.isFinite(timeout) ? { timeout } : {}),
    verifyTrace,
  );
}
