import { CrashScene, ORDER } from '../support/chaos-crash';
import { desk, placeOf } from '../support/desk';
import { bundle, tellsTheStory } from './story';

describe('on SQLite show tells what became of a payment whose process died', () => tellsTheStory('sqlite'));

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
