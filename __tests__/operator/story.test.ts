import { CrashScene, ORDER } from '../support/chaos-crash';
import { placeOf } from '../support/desk';
import { bundle, onOneLine, tellsTheStory } from './story';

describe('on SQLite show explains a payment whose process died', () => tellsTheStory('sqlite'));

test('a buyer who is still at the bank is shown as one', async () => {
  const scene = await CrashScene.open('sqlite', bundle);
  const show = ['show', ORDER, ...placeOf(scene.database.plan)];
  try {
    await scene.paysIntoCrash('before the claim');
    expect((await onOneLine(show)).out).toMatch(
      /^Order order-1: No money has reached the shop: the buyer went to the bank \d+ s ago and has not come back\./,
    );
  } finally {
    await scene.close();
  }
});
