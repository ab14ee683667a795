import type { Got } from '../exchange/exchange';
import { strayIn } from '../../transitions/checked';
import { address, deliver, type Delivery } from './deliver';
import type { Letter } from './letters';
import { verdict, type Verdict } from './oracle';
import type { Target } from './target';

/** The outcomes of callbacks, counted. */
export class Tally {
  runs = 0;
  readonly wires: Record<string, number> = {};
  readonly answers: Record<string, number> = {};
  readonly outcomes: Record<string, number> = {};

  count(kind: 'wires' | 'answers' | 'outcomes', name: string | number): void {
    this[kind][name] = (this[kind][name] ?? 0) + 1;
  }
}

const HOOKS = { failed: 'onFailure', paid: 'onSuccess', review: 'onReview' } as const;
/** How often all payments are compared, not only the written ones. */
const EVERY = 1_000;

/** Sends one callback and compares its effects with the allowed ones. Throws at the first difference. */
export async function check(target: Target, tally: Tally, letter: Letter): Promise<void> {
  const delivery = address(target, letter);
  const expected = verdict(delivery.facts);
  const got = await deliver(target, delivery);
  tally.runs += 1;
  tally.count('wires', letter.wire);
  tally.count('answers', got?.status ?? 'none');
  try {
    if (got) checkAnswer(got, delivery);
    tally.count('outcomes', checkEffect(target, delivery, expected));
  } finally {
    if (target.writes.length > 0) await target.restore(delivery.aim);
    else target.forget();
  }
  if (tally.runs % EVERY === 0) mustBe('changed payments', (await target.strays()).join(), '');
}

function mustBe(what: string, found: unknown, expected: unknown): void {
  if (found !== expected) throw new Error(`${what}: ${String(found)}, expected ${String(expected)}`);
}

const FINE = new Set([303, 400, 404, 413, 415]);

function checkAnswer({ status, location, text }: Got, { facts, aim, sent }: Delivery): void {
  if (!FINE.has(status)) throw new Error(`answered with status ${status}: ${text}`);
  if (!facts.opens) {
    if (status === 303) throw new Error(`a wrong key leads to ${location ?? ''}`);
  } else if (status === 303) {
    const result = `/payment/result/${aim.row.invoiceNumber}/${aim.row.returnKey}`;
    if (!location?.includes(result)) throw new Error(`a callback leads to ${location ?? 'nowhere'}`);
  }
  const { returnKey, token } = aim.row;
  const knew = (secret: string): boolean => sent.path.includes(secret);
  const leaked = [returnKey, token].some((secret) => secret && text.includes(secret) && !knew(secret));
  if (leaked) throw new Error(`a page of status ${status} tells a secret`);
}

/** Compares the stored changes and the hooks that ran with the verdict. */
function checkEffect({ writes, shop }: Target, { aim }: Delivery, expected: Verdict): string {
  const hooks = shop.hooks.map(({ hook }) => hook).join();
  const last = writes.at(-1)?.after;
  if (!last) {
    mustBe('hooks run', hooks, '');
    if (expected.becomes !== 'nothing new' && expected.sure)
      throw new Error(`nothing changed, expected ${expected.becomes}`);
    return 'nothing new';
  }
  if (expected.becomes === 'nothing new')
    throw new Error(`the payment became ${last.status}, expected nothing new`);
  for (const { before, after } of writes) {
    mustBe('payment written', after.invoiceNumber, aim.row.invoiceNumber);
    mustBe('transition', before && strayIn(before, after), undefined);
  }
  mustBe('status', last.status, expected.becomes);
  if (expected.sure) mustBe('reason', last.failureReason, expected.reason ?? null);
  mustBe('hooks run', hooks, HOOKS[expected.becomes]);
  return last.status;
}
