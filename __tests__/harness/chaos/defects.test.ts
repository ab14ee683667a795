import type { Offence } from './audit/audit';
import type { HabitName } from './buyers/habits';
import type { DefectName } from './shop/defects';
import { Bundle } from './world/bundle';
import { forgetful } from './world/faults';
import { runChaos, type RunOptions } from './world/run';

const bundle = new Bundle();
afterAll(() => bundle.remove());

type Crowd = Partial<Record<HabitName, number>>;

/** A small run, with buyers that the rule protects against; no process is killed. */
const small = (habits: Crowd, payments: number): RunOptions => ({
  store: 'sqlite',
  processes: 1,
  seed: 11,
  payments,
  habits,
  killing: false,
});

const NOTICED: Record<DefectName, { run: RunOptions; as: Offence }> = {
  'receipts are not unique': { run: small({ 'replays a receipt': 1 }, 40), as: 'receiptTwice' },
  'orders are not unique': { run: small({ 'pays in two tabs': 1 }, 40), as: 'chargedTwice' },
  'versions are ignored': { run: small({ 'comes back twice at once': 1 }, 40), as: 'effectTwice' },
  // A confirmed amount is applied to a payment that lost its claim; two of one order show that it was lost.
  'the claim is forgotten': { run: small({ 'pays in two tabs': 1 }, 40), as: 'chargedTwice' },
  'attempts are not counted': {
    run: { ...small({ pays: 1 }, 60), weather: forgetful },
    as: 'moneyWithoutOrder',
  },
  'other attempts are not seen': { run: small({ 'cancels the other tab': 1 }, 40), as: 'failureReported' },
  'the sweep finds nothing': { run: small({ leaves: 1 }, 20), as: 'undecided' },
  'applied is not marked': { run: small({ pays: 1 }, 200), as: 'effectTwice' },
  'silence is a refusal': { run: small({ pays: 1 }, 80), as: 'moneyWithoutOrder' },
  'any amount is right': { run: small({ 'pays less': 1 }, 40), as: 'orderWithoutMoney' },
  'a transition is made up': { run: small({ pays: 1 }, 10), as: 'strayTransition' },
  'the return key is not checked': { run: small({ 'has an enemy': 1 }, 20), as: 'forgeryBelieved' },
};

describe('the audit notices when', () => {
  test.each(Object.entries(NOTICED) as [DefectName, (typeof NOTICED)[DefectName]][])(
    '%s',
    async (defect, { run, as }) => {
      // Some need the gateway to fail twice in the right order, which a small crowd may not see at once.
      let found: unknown[] = [];
      for (let seed = run.seed; found.length === 0 && seed < run.seed + 5; seed += 1) {
        const { verdict } = await runChaos({ ...run, seed, defect }, bundle);
        found = verdict.violations[as];
      }
      expect(found).not.toEqual([]);
    },
  );

  test('a textbook handler takes the payments', async () => {
    const run = { store: 'sqlite', processes: 1, seed: 7, payments: 200, kind: 'textbook' } as const;
    const { verdict } = await runChaos(run, bundle);
    const { moneyWithoutOrder, chargedTwice, effectTwice } = verdict.violations;
    expect([moneyWithoutOrder, chargedTwice, effectTwice]).not.toContainEqual([]);
  });
});

test('with every rule in place the same buyers leave nothing to notice', async () => {
  const crowd = Object.assign({}, ...Object.values(NOTICED).map(({ run }) => run.habits)) as Crowd;
  const { verdict } = await runChaos(small(crowd, 200), bundle);
  expect(verdict.facts.paidOrders).toBeGreaterThan(50);
  expect(Object.entries(verdict.violations).filter(([, cases]) => cases.length > 0)).toEqual([]);
});
