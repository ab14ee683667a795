import assert from 'node:assert';
import type { PaymentRecord } from '../../core/record';
import { sweepOrder } from './queries';
import { inserted } from './races';
import { changed, invoices, isLost, isRefused, NOW, sameList, type ContractGroup } from './scene';

const CLAIMS = 1_200;

/** Cases that write hundreds of payments at once, or thousands. */
export const crowds: ContractGroup = {
  'due: a sweep page by page meets every one of many rows once': async (scene) => {
    const rows = await scene.givenMany(3_000, (index) => ({ dueAt: NOW - (index % 97) }));
    const met: string[] = [];
    for (let pages = 0; pages < 8; pages++) {
      const page = await scene.due(NOW, { limit: 400 });
      met.push(...invoices(page));
      await Promise.all(page.map((record) => scene.change(record, { dueAt: null })));
    }
    sameList(await scene.due(NOW, { limit: 400 }), []);
    assert.deepStrictEqual(met, invoices(sweepOrder(rows)));
  },

  'takes 1,200 claims at once without a lost or failed one': async (scene) => {
    const records = await scene.givenMany(CLAIMS, () => ({ dueAt: NOW }));
    const claimed = await Promise.all(records.map((record) => scene.change(record, claim(record))));
    await Promise.all(claimed.map((record) => scene.holds(record)));
    assert.strictEqual((await scene.due(NOW, { limit: CLAIMS })).length, 0);
    assert.strictEqual((await scene.due(NOW + 1, { limit: 2 * CLAIMS })).length, CLAIMS);
  },

  'takes inserts and claims at once, each order claimed by one of its four payments': async (scene) => {
    const records = await scene.givenMany(400, (index) => ({ orderId: `order ${index % 100}` }));
    const outcomes = await Promise.allSettled(
      records.flatMap((record) => [
        scene.store.update(changed(record, claim(record)), record),
        inserted(scene, scene.record()),
      ]),
    );
    const count = (is: (outcome: PromiseSettledResult<unknown>) => boolean): number =>
      outcomes.filter(is).length;
    assert.deepStrictEqual(
      { done: count(isDone), lost: count(isLost), refused: count(isRefused) },
      { done: 500, lost: 0, refused: 300 },
    );
  },
};

const isDone = (outcome: PromiseSettledResult<unknown>): boolean =>
  outcome.status === 'fulfilled' && outcome.value !== false;

function claim({ invoiceNumber, orderId }: PaymentRecord): Partial<PaymentRecord> {
  return {
    status: 'verifying',
    receiptKey: `receipt of ${invoiceNumber}`,
    orderKey: orderId,
    verifyAttempts: 1,
    dueAt: NOW + 1,
    updatedAt: NOW + 1,
  };
}
