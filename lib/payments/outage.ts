import { withFields, type PaymentRecord } from '../payment';
import { change } from './change';
import type { Context } from './context';
import { spacingMs } from './verify';

/** Asks in a row without an answer after which the rest of a sweep asks no more. */
const SILENT_IN_A_ROW = 5;

/**
 * Notices within one sweep that the gateway does not answer, so that a thousand waiting payments do not cost a thousand
 * timeouts and keep the sweep from everything else. The next sweep tries afresh: a payment is done one sweep after the
 * gateway is back.
 */
export class Outage {
  #silent = 0;

  get noticed(): boolean {
    return this.#silent >= SILENT_IN_A_ROW;
  }

  note(answered: boolean): void {
    this.#silent = answered ? 0 : this.#silent + 1;
  }
}

/** Leaves an ask to the next sweep, uncounted since it is not made. */
export async function leaveToNextSweep(context: Context, record: PaymentRecord): Promise<PaymentRecord> {
  const dueAt = context.settings.now() + spacingMs(context);
  const { record: stored } = await change(context, record, (current) =>
    current.version === record.version ? withFields(current, { dueAt }) : undefined,
  );
  return stored;
}
