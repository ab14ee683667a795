import { randomBytes } from 'node:crypto';
import type { Atipay } from '../../../atipay';
import type { SweepReport } from '../../../core/sweep-report';
import { purge } from '../../../payments/purge';
import { paymentStoreContract, type StoreUnderTest } from '../../../stores/contract';
import { doctor, storeDoctor } from '../../doctor/doctor';
import type { Finding } from '../../doctor/finding';
import type { Operator } from '../../operator';
import { purgeText } from '../../texts/purge';
import { count } from '../../words';
import { withDatabase } from '../database';
import { loadModule } from '../module';
import type { SourceOptions } from '../source';
import { CommandError, jsonText, misuse, plain, wrap, type Terminal } from '../terminal';

/** `sweep`: one sweep with the shop's hooks. */
export async function sweep(atipay: Pick<Atipay, 'recover'>, json: boolean): Promise<string[]> {
  const report = await atipay.recover();
  return json ? [jsonText(report)] : wrap(swept(report));
}

function swept({ due, paid, failed, review, hooks, waiting, ms }: SweepReport): string {
  if (due === 0) return 'Nothing was due.';
  return (
    `Payments that were due: ${due}. Became paid: ${paid}, failed: ${failed}, review: ${review}. ` +
    `Hooks that returned: ${hooks}. Still waiting for an answer or a hook: ${waiting}. It took ${ms} ms.`
  );
}

/** `purge`: personal data of old payments goes. */
export async function purgeBefore(
  { acts, locale }: Operator,
  before: number,
  by: string,
  terminal: Terminal,
): Promise<string[]> {
  const report = await purge(acts, {
    before,
    by,
    onProgress: ({ read }) => {
      if (terminal.error.isTTY === true) terminal.error.write(`\r${count(read, locale)}\r`);
    },
  });
  return wrap(purgeText(report, locale));
}

const SIGNS = { error: '✗', warning: '▲', fine: '✓' } as const;

/**
 * `doctor`: problems, their reasons, and the next steps. Throws when there is an error, so that the command ends with
 * 1.
 */
export async function examine(operator: Operator, token: boolean, json: boolean): Promise<string[]> {
  const { shop, locale } = operator;
  if (token && !shop) throw misuse('--token asks AtiPay with the shop’s key: give --app.');
  const findings = shop ? await doctor(shop, { token, locale }) : await storeDoctor(operator, locale);
  const lines = json ? [jsonText(findings)] : findings.flatMap(told);
  if (findings.some(({ level }) => level === 'error')) throw new CommandError(lines.join('\n'));
  return lines;
}

const told = ({ level, what, why, todo }: Finding): string[] => [
  ...wrap(`${SIGNS[level]} ${plain(what)}`, '  '),
  ...(why === '' ? [] : wrap(`  ${plain(why)}`, '  ')),
  ...(todo === '' ? [] : wrap(`  → ${plain(todo)}`, '    ')),
];

const HOW_TO_CHECK = `check needs a store to try. Give --database or --knexfile, and it works in a scratch table; or --app with a module that exports

  export const scratchStore = async () => ({ store: new MyStore(/* an empty table */), close: () => … });`;

/** `check`: the contract's suite against the shop's kind of store, in a table that is dropped afterwards. */
export async function check(options: SourceOptions, terminal: Terminal): Promise<string[]> {
  if (options.app !== undefined) {
    const { scratchStore } = await loadModule(options.app);
    if (typeof scratchStore !== 'function') throw new CommandError(HOW_TO_CHECK);
    return tried(scratchStore as () => StoreUnderTest<unknown>, terminal);
  }
  const tableName = `atipay_check_${randomBytes(4).toString('hex')}`;
  return withDatabase({ ...options, table: tableName }, async (database) => {
    await database.createTable();
    try {
      return await tried(() => ({ store: database.store }), terminal);
    } finally {
      await database.dropTable();
    }
  });
}

async function tried(
  open: () => StoreUnderTest<unknown> | Promise<StoreUnderTest<unknown>>,
  terminal: Terminal,
): Promise<string[]> {
  const first = await open();
  const { store } = first;
  const options = { transactions: store.transaction !== undefined, search: 'search' in store };
  await first.close?.();
  const failures: string[] = [];
  const cases = paymentStoreContract(open, options);
  for (const { name, run } of cases) {
    if (terminal.error.isTTY === true) terminal.error.write(`\r${name.slice(0, 98).padEnd(98)}\r`);
    try {
      await run();
    } catch (error) {
      failures.push(
        ...wrap(`✗ ${name}: ${plain(error instanceof Error ? error.message : String(error))}`, '  '),
      );
    }
  }
  if (failures.length > 0) {
    throw new CommandError(
      [`The store breaks ${failures.length} of ${cases.length} promises.`, ...failures].join('\n'),
    );
  }
  return [`The store keeps the contract: ${cases.length} cases.`];
}
