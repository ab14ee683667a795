import { DEFECTS, exploreDefect } from '../harness/model/defects';
import { explore } from '../harness/model/explore';
import { WORLDS } from '../harness/model/worlds';

/** `npm run model` goes on to the end of each world. */
const STATES = 4_000;

test.each(WORLDS.map((world) => [world.name, world] as const))(
  'no order of events breaks a rule: %s',
  async (_name, world) => {
    const { violation, states } = await explore({ world, store: {}, steps: {} }, { states: STATES });
    expect(violation).toBeUndefined();
    expect(states).toBeGreaterThan(1_000);
  },
);

test('a rule that is left out is found, with its story', async () => {
  const [defect] = DEFECTS.filter(({ name }) => name === 'Rule 5: no answer is a refusal');
  const { violation } = defect ? await exploreDefect(defect) : {};
  expect(violation).toEqual({
    rule: 'Rule 5: no payment fails while the gateway has taken its money',
    story: [
      'A reads payment 0, whose buyer brings receipt r0',
      'A stores the receipt for payment 0',
      'A asks about payment 0 (attempt 1): nothing, and the money is taken',
      'A stores the answer for payment 0',
    ],
  });
});
