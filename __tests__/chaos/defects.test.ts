import { isClean, type Offence } from './audit/audit';
import type { HabitName } from './buyers/habits';
import type { DefectName } from './shop/defects';
import { runChaos, type RunOptions } from './world/run';

/** Small runs, of buyers for whom the rule is there. */
const small = (habits: Partial<Record<HabitName, number>>, payments = 40): RunOptions => ({
  store: 'sqlite',
  processes: 1,
  seed: 11,
  payments,
  habits,
  killing: false,
});

const NOTICED: Record<DefectName, { run: RunOptions; as: Offence }> = {
  'receipts are not unique': { run: small({ 'replays a receipt': 1 }), as: 'receiptTwice' },
  'orders are not unique': { run: small({ 'pays in two tabs': 1 }), as: 'chargedTwice' },
  'versions are ignored': { run: small({ 'comes back twice at once': 1 }), as: 'effectTwice' },
  'the claim is forgotten': { run: small({ pays: 1 }, 15), as: 'moneyWithoutOrder' },
  'asks are not counted': { run: small({ pays: 1 }, 250), as: 'moneyWithoutOrder' },
  'other attempts are not seen': { run: small({ 'cancels the other tab': 1 }), as: 'toldOfFailure' },
  'the sweep finds nothing': { run: small({ leaves: 1 }, 15), as: 'undecided' },
  'applied is not marked': { run: small({ pays: 1 }, 120), as: 'effectTwice' },
  'silence is a refusal': { run: small({ pays: 1 }, 60), as: 'moneyWithoutOrder' },
  'any amount is right': { run: small({ 'pays less': 1 }), as: 'orderWithoutMoney' },
  'the return key is not checked': { run: small({ 'has an enemy': 1 }, 15), as: 'forgeryBelieved' },
};

describe('the harness notices when', () => {
  test.each(Object.entries(NOTICED) as [DefectName, (typeof NOTICED)[DefectName]][])(
    '%s',
    async (defect, { run, as }) => {
      const { verdict } = await runChaos({ ...run, defect });
      expect(verdict.violations[as]).not.toEqual([]);
    },
    120_000,
  );

  test('a textbook handler takes the payments', async () => {
    const { verdict } = await runChaos({
      store: 'sqlite',
      processes: 1,
      seed: 7,
      payments: 150,
      kind: 'textbook',
    });
    const found = Object.entries(verdict.violations).filter(([, cases]) => cases.length > 0);
    expect(found.map(([offence]) => offence)).toEqual(
      expect.arrayContaining(['moneyWithoutOrder', 'orderWithoutMoney', 'receiptTwice', 'effectTwice']),
    );
  }, 120_000);
});

test('with every rule in place the same buyers leave nothing behind', async () => {
  const habits = Object.assign({}, ...Object.values(NOTICED).map(({ run }) => run.habits)) as Partial<
    Record<HabitName, number>
  >;
  const { verdict } = await runChaos(small(habits, 100));
  expect(verdict.facts.paidOrders).toBeGreaterThan(10);
  expect(verdict.violations).toEqual(
    Object.fromEntries(Object.keys(verdict.violations).map((name) => [name, []])),
  );
  expect(isClean(verdict)).toBe(true);
}, 120_000);
