import { setTimeout as sleep } from 'node:timers/promises';
import { readForms, type Form } from '../../../../lib/simulator/forms';
import type { SimulatorState } from 'express-atipay/simulator';
import { post, type WebAnswer } from './web';

/** The state that buyers share: the shop's address, the speed of time, and their observations. */
export interface Street {
  /** The router's public address. */
  shopUrl: string;
  /** Scaled milliseconds that pass in a real one. */
  speed: number;
  seen: Seen;
}

/** Observations that only a buyer can make. */
export interface Seen {
  /** Callbacks with a wrong key that the shop did not turn away. */
  forgeriesBelieved: string[];
  /** Buyers whom the shop could not send to the gateway for a long time. */
  turnedAway: number;
  /** Connections that broke under a buyer. */
  broken: number;
  /** Errors of the harness itself. */
  surprises: string[];
}

/** The way back to the shop, as the bank's last page has it. */
export type WayBack = Form;

const START_TRIES = 40;
const RETURN_TRIES = 5;

/** One buyer with a browser, and with habits that a seed decides. */
export class Buyer {
  constructor(
    readonly orderId: string,
    readonly otherOrderId: string,
    readonly random: () => number,
    private readonly street: Street,
    private readonly gatewayOrigin: string,
  ) {}

  chance(probability: number): boolean {
    return this.random() < probability;
  }

  /** Waits for so many milliseconds of the run's time. */
  waits(ms: number): Promise<void> {
    return sleep(ms / this.street.speed);
  }

  /** Presses pay until the shop sends a token. Undefined when the order needs no payment any more. */
  async presses(orderId = this.orderId): Promise<string | undefined> {
    for (let tries = 0; tries < START_TRIES; tries += 1) {
      const page = await this.tryPost(`${this.street.shopUrl}/pay`, { orderId });
      if (page?.status === 303) return undefined;
      const token = page?.status === 200 ? readForms(page.body)[0]?.fields['token'] : undefined;
      if (token !== undefined && token !== '' && token !== 'undefined') return token;
      await sleep(100 + 300 * this.random());
    }
    this.street.seen.turnedAway += 1;
    return undefined;
  }

  /** Goes to the bank. Undefined when it does not let the buyer in. */
  async goesToBank(token: string): Promise<string | undefined> {
    const page = await post(`${this.gatewayOrigin}/v1/redirect-to-gateway`, { token });
    return page.location;
  }

  /** Ends the visit at the bank. */
  async decides(bankUrl: string, state: SimulatorState): Promise<WayBack | undefined> {
    const page = await post(bankUrl, { state });
    return readForms(page.body).find(({ fields }) => fields['state'] === state);
  }

  /** Press pay, pay at the bank, and stand at its last page. */
  async pays(orderId = this.orderId, state: SimulatorState = 'OK'): Promise<WayBack | undefined> {
    const token = await this.presses(orderId);
    const bankUrl = token === undefined ? undefined : await this.goesToBank(token);
    return bankUrl === undefined ? undefined : this.decides(bankUrl, state);
  }

  /** The browser posts the callback; when the connection breaks, most buyers reload and some leave. */
  async comesBack(way: WayBack | undefined, fields: Record<string, string> = {}): Promise<void> {
    if (!way) return;
    for (let tries = 0; tries < RETURN_TRIES; tries += 1) {
      const page = await this.tryPost(way.action, { ...way.fields, ...fields });
      if (page && page.status < 500) return;
      if (this.chance(0.3)) return;
      await sleep(50 + 200 * this.random());
    }
  }

  /** An attacker who knows the address but not its key. */
  async strangerPosts(way: WayBack, fields: Record<string, string>): Promise<void> {
    const wrong = way.action.replace(/(\/\d{20}\/).+$/, '$1AAAAAAAAAAAAAAAAAAAAAA');
    const page = await this.tryPost(wrong, { ...way.fields, ...fields });
    if (page && page.status < 400)
      this.street.seen.forgeriesBelieved.push(way.fields['reservationNumber'] ?? '');
  }

  private async tryPost(url: string, form: Record<string, string>): Promise<WebAnswer | undefined> {
    try {
      return await post(url, form);
    } catch {
      this.street.seen.broken += 1;
      return undefined;
    }
  }
}
