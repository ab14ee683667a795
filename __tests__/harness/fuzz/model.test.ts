import { defects } from './model/defects';
import { memoryGround, type Staged } from './model/grounds';
import { runModel } from './model/run';
import { sqliteGround } from './model/sqlite-ground';

test('no order of events breaks a rule (memory)', async () => {
  const report = await runModel({ ground: memoryGround, runs: 200, seed: 7 });
  expect(report.failure).toBeUndefined();
  expect(report.outcomes['paid']).toBeGreaterThan(25);
});

test('no order of events breaks a rule (SQLite)', async () => {
  const report = await runModel({ ground: sqliteGround, runs: 60, seed: 7 });
  expect(report.failure).toBeUndefined();
  expect(report.outcomes['paid']).toBeGreaterThan(5);
});

test.each(Object.entries(defects<Staged>()))(
  'the model finds it out when a rule is taken away: %s',
  async (_rule, defect) => {
    const { failure } = await runModel({ ground: memoryGround, runs: 400, seed: 7, lanes: 4, defect });
    expect(failure).toContain('again: npm run fuzz');
  },
);
