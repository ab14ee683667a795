import { AtipayClient } from '../gateway/client';
import type { Settings } from '../config';
import { toShopPayment, type Payment } from '../core/payment';
import { DEFAULT_RECOVERY, makePolicy, type Policy } from '../core/policy';
import type { PaymentRecord } from '../core/record';
import { Reporter } from '../events';
import type { PaymentStore } from '../stores/store';
import { texts } from '../texts';
import { Counter } from './counter';
import { limited } from '../time-limit';
import { Returns } from './returns';

/** The requirements of a transition: fewer than a router's, so that an operator's command can make one too. */
export interface RunContext {
  settings: Pick<Settings, 'account' | 'locale' | 'now' | 'onReview'>;
  policy: Policy;
  store: PaymentStore<unknown>;
  reporter: Reporter;
}

/** The dependencies of a payment's steps. */
export interface Context extends RunContext {
  settings: Settings;
  client: AtipayClient;
  /** Work that goes on after its caller was answered; `close()` waits for it. */
  tasks: Tasks;
  /** Callbacks that changed nothing, by invoice number. */
  callbacks: Counter;
  /** Whether buyers who left for the bank come back. */
  returns: Returns;
}

const COUNTED_CALLBACKS = 10_000;

/** Promises under way. */
export class Tasks {
  readonly #running = new Set<Promise<unknown>>();

  track<T>(work: Promise<T>): Promise<T> {
    const done = (): void => void this.#running.delete(settled);
    const settled: Promise<void> = work.then(done, done);
    this.#running.add(settled);
    return work;
  }

  /** Resolves when nothing is under way, or after so many milliseconds. */
  async idle(timeoutMs: number): Promise<void> {
    const allDone = async (): Promise<void> => {
      while (this.#running.size > 0) await Promise.all(this.#running);
    };
    await limited(allDone(), timeoutMs, () => undefined);
  }
}

/** A record as the router's shop may see it. */
export const shopPayment = ({ settings }: RunContext, record: PaymentRecord): Payment =>
  toShopPayment(record, texts(settings.locale).failure);

/** Makes the dependencies of a router's payments. The API key goes to the client alone. */
export function makeContext(settings: Settings, apiKey: string): Context {
  const { terminalId, gatewayUrl, http } = settings;
  return {
    settings,
    policy: policyOf(settings),
    store: settings.store,
    client: new AtipayClient({ apiKey, terminalId, gatewayUrl, http }),
    reporter: new Reporter(settings.logger),
    tasks: new Tasks(),
    callbacks: new Counter(COUNTED_CALLBACKS),
    returns: new Returns(),
  };
}

function policyOf({ onFailure, onReview, recovery, http, ...settings }: Settings): Policy {
  const { everyMs, concurrency } = recovery || DEFAULT_RECOVERY;
  return makePolicy({
    verifyWindowMs: settings.verifyWindowMs,
    pendingTimeoutMs: settings.pendingTimeoutMs,
    hookTimeoutMs: settings.hookTimeoutMs,
    callTimeoutMs: http.timeout,
    sweepEveryMs: everyMs,
    concurrency,
    hooks: { paid: 'now', failed: onFailure ? 'now' : 'none', review: onReview ? 'now' : 'none' },
  });
}
