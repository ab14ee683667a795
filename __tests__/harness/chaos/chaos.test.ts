import { describeWith, POSTGRES } from '../../support/databases';
import { Bundle } from './world/bundle';
import { runChaos, type RunOptions, type RunReport } from './world/run';

const bundle = new Bundle();
afterAll(() => bundle.remove());

/** Shops are killed while buyers pay; nothing may be lost, and nothing taken twice. */
async function expectClean(options: RunOptions): Promise<RunReport> {
  const report = await runChaos(options, bundle);
  const { verdict, kills, seen } = report;
  expect(Object.entries(verdict.violations).filter(([, cases]) => cases.length > 0)).toEqual([]);
  expect(seen).toMatchObject({ surprises: [], turnedAway: 0 });
  expect(verdict.facts.paidOrders).toBeGreaterThan(options.payments / 4);
  expect(kills).toBeGreaterThan(options.processes);
  return report;
}

describe('while its process is killed again and again', () => {
  test('a shop on SQLite loses no payment and takes none twice', () =>
    expectClean({ store: 'sqlite', processes: 1, seed: 7, payments: 250, speed: 60 }));
});

describeWith(POSTGRES, 'while its three processes are killed again and again', () => {
  test('a shop on PostgreSQL loses no payment and takes none twice', () =>
    expectClean({ store: 'pg', processes: 3, seed: 7, payments: 250, speed: 60 }));
});
