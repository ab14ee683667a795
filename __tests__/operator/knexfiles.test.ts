import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { createPaymentsTable, KnexPaymentStore } from 'express-atipay/stores/knex';
import { sqliteFile } from '../support/databases';
import { command, type CommandResult } from '../support/desk';
import { aMorning } from '../support/morning';

const file = sqliteFile();
const folder = mkdtempSync(join(tmpdir(), 'atipay-knexfile-'));
const CONFIG = `{ client: 'better-sqlite3', connection: '${file.filename}', useNullAsDefault: true }`;
let files = 0;

function withKnexfile(code: string, ...args: string[]): Promise<CommandResult> {
  files += 1;
  const path = join(folder, `knexfile-${files}.cjs`);
  writeFileSync(path, code);
  return command([...args, '--knexfile', path]);
}

/** How many payments a command has listed. */
const listed = ({ out }: CommandResult): number =>
  (JSON.parse(out) as { payments: unknown[] }).payments.length;

beforeAll(async () => {
  await createPaymentsTable(file.knex);
  await aMorning(new KnexPaymentStore(file.knex));
});
const cwd = process.cwd();
afterEach(() => process.chdir(cwd));
afterAll(async () => {
  await file.remove();
  rmSync(folder, { recursive: true });
});

test.each([
  ['a config', `module.exports = ${CONFIG};`, []],
  ['a function that returns one', `module.exports = async () => (${CONFIG});`, []],
  ['an environment', `module.exports = { live: ${CONFIG} };`, ['--env', 'live']],
  ['the environment of NODE_ENV', `module.exports = { test: ${CONFIG} };`, []],
  ['a config, beside any --env', `module.exports = ${CONFIG};`, ['--env', 'live']],
])('lists the payments of a knexfile that exports %s', async (_what, code, args) => {
  const result = await withKnexfile(code, 'list', '--json', ...args);
  expect([result.code, result.error]).toEqual([0, '']);
  expect(listed(result)).toBe(8);
});

test('sees paths in a knexfile from where it is', async () => {
  const nearby = CONFIG.replace(dirname(file.filename), '.');
  const path = join(dirname(file.filename), 'knexfile.cjs');
  writeFileSync(path, `module.exports = ${nearby};`);
  expect(nearby).toContain(`./${basename(file.filename)}`);
  expect(listed(await command(['list', '--json', '--knexfile', path]))).toBe(8);
  rmSync(path);
});

test('names the environment that a knexfile has not', async () => {
  const result = await withKnexfile(`module.exports = { live: ${CONFIG} };`, 'list', '--env', 'staging');
  expect(result).toMatchObject({ code: 1, out: '', error: expect.stringContaining('staging') as string });
});

test('names the driver that a knexfile’s client needs', async () => {
  const config = `module.exports = { client: 'oracledb', connection: {} };`;
  const result = await withKnexfile(config, 'list');
  expect(result).toMatchObject({
    code: 1,
    out: '',
    error: expect.stringMatching(/oracledb[^]*npm install oracledb/) as string,
  });
});

test('passes on why Knex refuses a config', async () => {
  const { code, error } = await withKnexfile(`module.exports = { client: 'shelf' };`, 'list');
  expect([code, error]).toEqual([1, expect.stringContaining('shelf')]);
  expect(error).not.toMatch(/\n +at /);
});

test('checks the store of a knexfile in a scratch table, and drops it', async () => {
  const { code, out } = await withKnexfile(`module.exports = ${CONFIG};`, 'check', '--small');
  expect([code, out]).toEqual([0, expect.stringContaining('The store keeps the contract')]);
  const tables = (await file.knex('sqlite_master').where({ type: 'table' })) as { name: string }[];
  expect(tables.filter(({ name }) => name.startsWith('atipay_check'))).toEqual([]);
});
