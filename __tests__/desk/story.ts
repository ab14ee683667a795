import { Bundle } from '../harness/chaos/world/bundle';
import type { CrashPoint } from '../harness/chaos/shop/crashes';
import type { StoreName } from '../harness/chaos/world/database';
import { CrashScene, ORDER } from '../support/chaos-crash';
import { desk, placeOf } from '../support/desk';

export const bundle = new Bundle();
afterAll(() => bundle.remove());

/** What the operator reads after the crash, and in the history when another process has recovered. */
export const STORIES: [point: CrashPoint, answer: RegExp, story: RegExp][] = [
  [
    'after the claim',
    /^Order order-1: Being asked for: the buyer has paid 25,000 Rials \(2,500 Tomans\).*asked once and has not answered/,
    /verifying +the buyer is back with receipt .*\n +3 min later\n.*verifying +attempt 1 has no result: .*\n.*paid +verify-payment answered 25000 Rials, as expected\n.*paid +the shop’s hook returned/,
  ],
  [
    'after its answer, before paid is stored',
    /^Order order-1: Being asked for: /,
    /attempt 1 has no result: .*\n.*paid +verify-payment answered 25000 Rials, as expected\n.*the shop’s hook returned/,
  ],
  [
    'inside the transaction, before its commit',
    /^Order order-1: The shop has the money: .* The shop does not know it yet: its hook was called once and has not returned\. It is called again after /,
    /paid +verify-payment answered .*\n +3 min later\n.*paid +call 1 of the shop’s hook has no result: .*\n.*paid +the shop’s hook returned/,
  ],
  [
    'after the commit, before the hook returns',
    /its hook was called once and has not returned \(its transaction is done\)/,
    /call 1 of the shop’s hook has no result: .*\n.*paid +the shop’s hook returned/,
  ],
];

export const tellsTheStory = (store: StoreName, stories = STORIES): void => {
  test.each(stories)('%s', async (point, answer, story) => {
    const scene = await CrashScene.open(store, bundle);
    const show = ['show', ORDER, ...placeOf(scene.database.plan)];
    try {
      await scene.paysIntoCrash(point);
      expect(await desk(show)).toMatchObject({ code: 0, out: expect.stringMatching(answer) as string });
      await scene.recovers();
      const { out } = await desk(show);
      expect(out).toMatch(
        /^Order order-1: The shop has the money: .* confirmed by AtiPay .* The shop was told at /,
      );
      expect(out.split('What happened\n')[1]).toMatch(story);
    } finally {
      await scene.close();
    }
  });
};
