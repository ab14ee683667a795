import type { Buyer } from './buyer';

const MINUTE = 60_000;

/** The form of a failure as the buyer's browser posts it. */
const FAILURE = { state: 'Failed', status: '3', referenceNumber: '' };
const SUCCESS = { state: 'OK', status: '2' };
const CANCELLED = { state: 'CanceledByUser', status: '1' };

type Habit = (buyer: Buyer) => Promise<void>;

/** How buyers behave, by name. */
export const HABITS = {
  /** Pays and comes back. */
  pays: async (buyer) => buyer.comesBack(await buyer.pays()),

  /** Pays, and the browser posts the callback twice at once. */
  'comes back twice at once': async (buyer) => {
    const way = await buyer.pays();
    await Promise.all([buyer.comesBack(way), buyer.comesBack(way)]);
  },

  /** Pays, comes back, and goes back and forth in the browser. */
  'comes back again': async (buyer) => {
    const way = await buyer.pays();
    await buyer.comesBack(way);
    await buyer.comesBack(way);
    await buyer.waits(2 * MINUTE * buyer.random());
    await buyer.comesBack(way);
  },

  /** Gives up at the bank; half of them try again. */
  cancels: async (buyer) => {
    await buyer.comesBack(await buyer.pays(buyer.orderId, 'CanceledByUser'));
    if (buyer.chance(0.5)) await buyer.comesBack(await buyer.pays());
  },

  /** The card is refused, the next one is not. */
  'fails, then pays': async (buyer) => {
    await buyer.comesBack(await buyer.pays(buyer.orderId, 'Failed'));
    await buyer.comesBack(await buyer.pays());
  },

  /** Leaves before the bank, at the bank, or after paying. */
  leaves: async (buyer) => {
    const token = await buyer.presses();
    if (token === undefined || buyer.chance(0.3)) return;
    const bankUrl = await buyer.goesToBank(token);
    if (bankUrl !== undefined && buyer.chance(0.6)) await buyer.decides(bankUrl, 'OK');
  },

  /** Pays, and comes back when the gateway has long returned the money. */
  'comes back too late': async (buyer) => {
    const way = await buyer.pays();
    await buyer.waits(6.5 * MINUTE + 3 * MINUTE * buyer.random());
    await buyer.comesBack(way);
  },

  /** Pays, and comes back within the window but slowly. */
  'comes back slowly': async (buyer) => {
    const way = await buyer.pays();
    await buyer.waits(4 * MINUTE * buyer.random());
    await buyer.comesBack(way);
  },

  /** Presses pay twice, pays in one of the two. */
  'presses twice': async (buyer) => {
    const [token] = await Promise.all([buyer.presses(), buyer.presses()]);
    const bankUrl = token === undefined ? undefined : await buyer.goesToBank(token);
    if (bankUrl !== undefined) await buyer.comesBack(await buyer.decides(bankUrl, 'OK'));
  },

  /** Pays one order in two tabs, with two cards, at once. */
  'pays in two tabs': async (buyer) => {
    const ways = await Promise.all([buyer.pays(), buyer.pays()]);
    await Promise.all(ways.map((way) => buyer.comesBack(way)));
  },

  /** Pays in one tab, and cancels in the other at the same time. */
  'cancels the other tab': async (buyer) => {
    const ways = await Promise.all([buyer.pays(), buyer.pays(buyer.orderId, 'CanceledByUser')]);
    await Promise.all(ways.map((way) => buyer.comesBack(way)));
  },

  /** Pays one order, and presents its receipt for another order too, afterwards or at the same time. */
  'replays a receipt': async (buyer) => {
    const way = await buyer.pays();
    const other = await buyer.pays(buyer.otherOrderId, 'CanceledByUser');
    if (!way || !other) return;
    const replay = { ...SUCCESS, referenceNumber: way.fields['referenceNumber'] ?? '' };
    if (buyer.chance(0.5)) await buyer.comesBack(way);
    await Promise.all([buyer.comesBack(way), buyer.comesBack(other, replay)]);
    if (buyer.chance(0.5)) await buyer.comesBack(other, replay);
  },

  /** Pays a cheap order, keeps quiet about it, and presents its receipt for a dear one. */
  'pays less': async (buyer) => {
    const cheap = await buyer.pays(buyer.otherOrderId);
    const dear = await buyer.pays(buyer.orderId, 'CanceledByUser');
    if (!cheap || !dear) return;
    await buyer.comesBack(dear, { ...SUCCESS, referenceNumber: cheap.fields['referenceNumber'] ?? '' });
    if (buyer.chance(0.3)) await buyer.comesBack(cheap);
  },

  /** Claims to have paid, with a forged receipt. */
  'forges a success': async (buyer) => {
    const way = await buyer.pays(buyer.orderId, 'CanceledByUser');
    if (!way) return;
    await buyer.comesBack(way, { ...SUCCESS, referenceNumber: `forged/${buyer.orderId}` });
    await buyer.comesBack(way, CANCELLED);
  },

  /** Pays, and posts a failure before, meanwhile or afterwards. */
  'forges a failure': async (buyer) => {
    const way = await buyer.pays();
    if (buyer.chance(0.2)) await buyer.comesBack(way, FAILURE);
    await Promise.all([buyer.comesBack(way), buyer.chance(0.5) ? buyer.comesBack(way, FAILURE) : undefined]);
    await buyer.comesBack(way, FAILURE);
  },

  /** Pays, while a stranger posts failures and successes to the same address without its key. */
  'has an enemy': async (buyer) => {
    const way = await buyer.pays();
    if (!way) return;
    await buyer.strangerPosts(way, FAILURE);
    await Promise.all([
      buyer.comesBack(way),
      buyer.strangerPosts(way, { ...SUCCESS, referenceNumber: 'stranger/1' }),
    ]);
  },
} satisfies Record<string, Habit>;

export type HabitName = keyof typeof HABITS;

/** How often each is met, in a hundred and some. */
export const CROWD: Record<HabitName, number> = {
  pays: 36,
  'comes back twice at once': 10,
  'comes back again': 5,
  cancels: 7,
  'fails, then pays': 4,
  leaves: 8,
  'comes back too late': 3,
  'comes back slowly': 4,
  'presses twice': 3,
  'pays in two tabs': 7,
  'cancels the other tab': 3,
  'replays a receipt': 5,
  'pays less': 2,
  'forges a success': 3,
  'forges a failure': 3,
  'has an enemy': 2,
};
