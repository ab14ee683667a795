import type { Policy } from '../core/policy';
import type { VerifyAnswer } from '../gateway/client';

/**
 * Notices within one sweep that the gateway does not answer at all, so that a thousand waiting payments do not cost a
 * thousand timeouts. One answer, whichever payment it is about, shows that the gateway is there.
 */
export class Outage {
  #silences = 0;
  #answers = 0;

  constructor(private readonly policy: Pick<Policy, 'outageAfter'>) {}

  get noticed(): boolean {
    return this.#answers === 0 && this.#silences >= this.policy.outageAfter;
  }

  /** Counts an attempt that was made; one that another process made says nothing. */
  note(answer: VerifyAnswer['kind'] | undefined): void {
    if (answer === 'unanswered') this.#silences += 1;
    else if (answer !== undefined) this.#answers += 1;
  }
}
