import { tracingChannel, type TracingChannel } from 'node:diagnostics_channel';
import type { TokenAnswer, VerifyAnswer } from './gateway/client';
import type { SweepReport } from './core/sweep-report';

/**
 * Names of the channels on which this package publishes its steps for tracers: `node:diagnostics_channel`'s
 * `tracingChannel(name)`. {@link AtipayTraces} has the messages of each.
 */
export const TRACING_CHANNELS = {
  /** Calls of get-token. */
  getToken: 'atipay:get-token',
  /** Calls of verify-payment. */
  verifyPayment: 'atipay:verify-payment',
  /** Calls of the shop's hooks. */
  hook: 'atipay:hook',
  /** Sweeps. */
  sweep: 'atipay:sweep',
} as const;

/** The payment of a traced step. No trace holds a key, a token or a receipt. */
export interface PaymentTrace {
  /** The account the payment belongs to, as in the router's options. */
  account: string;
  /** The attempt's invoice number. */
  invoiceNumber: string;
  /** The shop's order. */
  orderId: string;
}

/** One call of get-token (protocol §1). The last two are there once it is over. */
export interface GetTokenTrace extends PaymentTrace {
  /** `unanswered` is also published as an error. */
  outcome?: 'token' | 'refused' | 'unanswered';
  /** The gateway's code for a refusal. */
  code?: string;
}

/** One call of verify-payment (protocol §4). The last three are there once it is over. */
export interface VerifyPaymentTrace extends PaymentTrace {
  /** Which attempt for this payment it is, from 1. */
  attempt: number;
  /**
   * `amount`: money was confirmed; the amount may differ from the payment's. `unanswered` is also published as an
   * error.
   */
  outcome?: 'amount' | 'refused' | 'unanswered';
  /** The confirmed amount in Rials. */
  amount?: number;
  /** The gateway's code for a refusal. */
  code?: string;
}

/** One call of a hook of the shop, its transaction included. */
export interface HookTrace extends PaymentTrace {
  /** Which hook. */
  hook: 'onSuccess' | 'onFailure' | 'onReview';
  /** Which call for this outcome it is, from 1. */
  attempt: number;
  /** There once it is over. `threw` is also published as an error: the hook's, or that it took too long. */
  outcome?: 'returned' | 'threw';
}

/** One sweep of an account, by the timer or by `recover()`. */
export interface SweepTrace {
  /** Whose payments are swept. */
  account: string;
  /** There once it is over. */
  report?: SweepReport;
}

/** The context object of each channel's messages; Node adds `error` where there is one. */
export interface AtipayTraces {
  /** Of {@link TRACING_CHANNELS}.getToken. */
  'atipay:get-token': GetTokenTrace;
  /** Of {@link TRACING_CHANNELS}.verifyPayment. */
  'atipay:verify-payment': VerifyPaymentTrace;
  /** Of {@link TRACING_CHANNELS}.hook. */
  'atipay:hook': HookTrace;
  /** Of {@link TRACING_CHANNELS}.sweep. */
  'atipay:sweep': SweepTrace;
}

type Channels = { [K in keyof AtipayTraces]: TracingChannel<unknown, AtipayTraces[K]> };

const CHANNELS: Channels = {
  'atipay:get-token': tracingChannel('atipay:get-token'),
  'atipay:verify-payment': tracingChannel('atipay:verify-payment'),
  'atipay:hook': tracingChannel('atipay:hook'),
  'atipay:sweep': tracingChannel('atipay:sweep'),
};

/** Added to a context when the step is over. With `error`, the step is published as failed. */
type Ended<Trace> = Partial<Trace> & { error?: unknown };

/**
 * Runs a step and publishes it for tracers. Without subscribers no context is made. Tracers get the fields that `summarize`
 * picks out of the step's value, never the value, which may hold a token.
 */
export function traced<K extends keyof AtipayTraces, T>(
  name: K,
  begin: () => AtipayTraces[K],
  step: () => Promise<T>,
  summarize: (value: T) => Ended<AtipayTraces[K]>,
): Promise<T> {
  const channel = CHANNELS[name];
  return channel.hasSubscribers ? observed(channel, begin(), step, summarize) : step();
}

async function observed<Trace extends object, T>(
  channel: TracingChannel<unknown, Trace>,
  context: Trace,
  step: () => Promise<T>,
  summarize: (value: T) => Ended<Trace>,
): Promise<T> {
  const values: T[] = [];
  const traceable = async (): Promise<void> => {
    const value = await step();
    values.push(value);
    const { error, ...fields } = summarize(value);
    Object.assign(context, fields);
    if (error !== undefined) throw error as Error;
  };
  try {
    await channel.tracePromise(traceable, context);
  } catch (error) {
    // An error made for tracers only ends here.
    if (values.length === 0) throw error;
  }
  return values[0] as T;
}

/** The payment that a step belongs to. */
export const traceSubject = ({ account, invoiceNumber, orderId }: PaymentTrace): PaymentTrace => ({
  account,
  invoiceNumber,
  orderId,
});

/** get-token's answer, without the token. */
export function tokenTrace(answer: TokenAnswer): Ended<GetTokenTrace> {
  return answer.kind === 'token' ? { outcome: 'token' } : noTrace(answer);
}

/** verify-payment's answer. */
export function verifyTrace(answer: VerifyAnswer): Ended<VerifyPaymentTrace> {
  return answer.kind === 'amount' ? { outcome: 'amount', amount: answer.amount } : noTrace(answer);
}

type No = Exclude<VerifyAnswer, { kind: 'amount' }>;

function noTrace(answer: No): { outcome: No['kind']; code?: string; error?: unknown } {
  if (answer.kind === 'unanswered') return { outcome: 'unanswered', error: answer.error };
  return { outcome: 'refused', ...(answer.code !== undefined && { code: answer.code }) };
}
