import { Bundle } from '../harness/chaos/world/bundle';
import type { CrashPoint } from '../harness/chaos/shop/crashes';
import type { StoreName } from '../harness/chaos/world/database';
import { CrashScene, ORDER } from '../support/chaos-crash';
import { command, placeOf } from '../support/desk';

export const bundle = new Bundle();
afterAll(() => bundle.remove());

/** The operator's view after the crash, and the history when another process has recovered. */
export const STORIES: [point: CrashPoint, answer: RegExp, story: RegExp][] = [
  [
    'after the claim',
    /^Order order-1: Waiting for AtiPay to confirm 25,000 Rials \(2,500 Tomans\).*asked once, not answered yet/,
    /being confirmed: the buyer is back with receipt .* 3 min later .*being confirmed: attempt 1 has no result: .*paid: verify-payment answered 25000 Rials, as expected .*paid: the shop’s hook returned/,
  ],
  [
    'after its answer, before paid is stored',
    /^Order order-1: Waiting for AtiPay to confirm /,
    /attempt 1 has no result: .*paid: verify-payment answered 25000 Rials, as expected .*the shop’s hook returned/,
  ],
  [
    'inside the transaction, before its commit',
    /^Order order-1: The shop has the money: .* The shop does not know it yet: its hook was called once and has not returned\. It is called again after /,
    /paid: verify-payment answered .* 3 min later .*paid: call 1 of the shop’s hook has no result: .*paid: the shop’s hook returned/,
  ],
  [
    'after the commit, before the hook returns',
    /its hook was called once and has not returned \(its transaction is done\)/,
    /call 1 of the shop’s hook has no result: .*paid: the shop’s hook returned/,
  ],
];

export const tellsTheStory = (store: StoreName, stories = STORIES): void => {
  test.each(stories)('%s', async (point, answer, story) => {
    const scene = await CrashScene.open(store, bundle);
    const show = ['show', ORDER, ...placeOf(scene.database.plan)];
    try {
      await scene.paysIntoCrash(point);
      expect(await onOneLine(show)).toMatchObject({ code: 0, out: expect.stringMatching(answer) as string });
      await scene.recovers();
      const { out } = await onOneLine(show);
      expect(out).toMatch(
        /^Order order-1: The shop has the money: AtiPay confirmed .* The shop was informed at /,
      );
      expect(out.split('What happened ')[1]).toMatch(story);
    } finally {
      await scene.close();
    }
  });
};

/** The command's output, without the line ends that make it fit a terminal. */
export async function onOneLine(args: readonly string[]): Promise<{ code: number | null; out: string }> {
  const { code, out } = await command(args);
  return { code, out: out.replace(/\s+/g, ' ') };
}
