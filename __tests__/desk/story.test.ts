import { Bundle } from '../harness/chaos/world/bundle';
import type { CrashPoint } from '../harness/chaos/shop/crashes';
import type { StoreName } from '../harness/chaos/world/database';
import { CrashScene, ORDER } from '../support/chaos-crash';
import { describeWith, MYSQL, POSTGRES } from '../support/databases';
import { desk, placeOf } from '../support/desk';

jest.setTimeout(120_000);

const bundle = new Bundle();
afterAll(() => bundle.remove());

/** What the operator reads after the crash, and in the history when another process has recovered. */
const STORIES: [point: CrashPoint, answer: RegExp, story: RegExp][] = [
  [
    'after the claim',
    /^Order order-1: Being asked for: the buyer has paid 25,000 Rials \(2,500 Tomans\).*asked once and has not answered/,
    /verifying +the buyer is back with receipt .*\n +3 min later\n.*verifying +nothing was heard of ask 1: .*\n.*paid +verify-payment answered 25000 Rials, as expected\n.*paid +the shop was told/,
  ],
  [
    'after its answer, before paid is stored',
    /^Order order-1: Being asked for: /,
    /nothing was heard of ask 1: .*\n.*paid +verify-payment answered 25000 Rials, as expected\n.*the shop was told/,
  ],
  [
    'inside the transaction, before its commit',
    /^Order order-1: The shop has the money: .* The shop does not know it yet: its hook was called once and has not returned\. It is called again after /,
    /paid +verify-payment answered .*\n +3 min later\n.*paid +nothing was heard of call 1 of the shop's hook: .*\n.*paid +the shop was told/,
  ],
  [
    'after the commit, before the hook returns',
    /its hook was called once and has not returned \(its transaction is done\)/,
    /nothing was heard of call 1 of the shop's hook: .*\n.*paid +the shop was told/,
  ],
];

const tellsTheStory = (store: StoreName, stories = STORIES): void => {
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

describe('on SQLite show tells what became of a payment whose process died', () => tellsTheStory('sqlite'));

describeWith(POSTGRES, 'on PostgreSQL show tells what became of a payment whose process died', () =>
  tellsTheStory('pg', STORIES.slice(1, 3)),
);

describeWith(MYSQL, 'on MySQL or MariaDB show tells what became of a payment whose process died', () =>
  tellsTheStory('mariadb', STORIES.slice(1, 3)),
);

test('a buyer who is still at the bank is told of as one', async () => {
  const scene = await CrashScene.open('sqlite', bundle);
  const show = ['show', ORDER, ...placeOf(scene.database.plan)];
  try {
    await scene.paysIntoCrash('before the claim');
    expect((await desk(show)).out).toMatch(
      /^Order order-1: No money has reached the shop: the buyer was sent to the bank \d+ s ago and has not come back\./,
    );
  } finally {
    await scene.close();
  }
});
