import { randomBytes } from 'node:crypto';
import type { Atipay } from '../../../atipay';
import { purge } from '../../../payments/purge';
import { paymentStoreContract, type StoreUnderTest } from '../../../stores/contract';
import type { Locale } from '../../../texts';
import { doctor, storeDoctor } from '../../doctor/doctor';
import type { Finding } from '../../doctor/finding';
import type { Operator } from '../../operator';
import { problems } from '../../texts/problems';
import { purgeText } from '../../texts/purge';
import { contractText, sweepText } from '../../texts/reports';
import { count } from '../../words';
import { withDatabase } from '../database';
import { loadModule } from '../module';
import type { SourceOptions } from '../source';
import { CommandError, jsonText, misuse, plain, wrap, type Terminal } from '../terminal';

/** `sweep`: one sweep with the shop's hooks. */
export async function sweep(
  atipay: Pick<Atipay, 'recover'>,
  { json = false, locale }: { json?: boolean; locale: Locale },
): Promise<string[]> {
  const report = await atipay.recover();
  return json ? [jsonText(report)] : wrap(sweepText(report, locale));
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
  if (token && !shop) throw misuse(problems.tokenNeedsApp);
  const findings = shop ? await doctor(shop, { token, locale }) : await storeDoctor(operator, locale);
  const lines = json ? [jsonText(findings)] : findings.flatMap(told);
  if (findings.some(({ level }) => level === 'error')) throw new CommandError(() => lines.join('\n'));
  return lines;
}

const told = ({ level, what, why, todo }: Finding): string[] => [
  ...wrap(`${SIGNS[level]} ${plain(what)}`, '  '),
  ...(why === '' ? [] : wrap(`  ${plain(why)}`, '  ')),
  ...(todo === '' ? [] : wrap(`  → ${plain(todo)}`, '    ')),
];

/** `check`: the contract's suite against the shop's kind of store, in a table that is dropped afterwards. */
export async function check(options: SourceOptions, terminal: Terminal): Promise<string[]> {
  if (options.app !== undefined) {
    const { scratchStore } = await loadModule(options.app);
    if (typeof scratchStore !== 'function') throw new CommandError(problems.noScratchStore);
    return tried(scratchStore as () => StoreUnderTest<unknown>, options.locale, terminal);
  }
  const tableName = `atipay_check_${randomBytes(4).toString('hex')}`;
  return withDatabase({ ...options, table: tableName }, async (database) => {
    await database.createTable();
    try {
      return await tried(() => ({ store: database.store }), options.locale, terminal);
    } finally {
      await database.dropTable();
    }
  });
}

async function tried(
  open: () => StoreUnderTest<unknown> | Promise<StoreUnderTest<unknown>>,
  locale: Locale,
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
    const broken = contractText(cases.length, failures.length, locale);
    throw new CommandError(() => [broken, ...failures].join('\n'));
  }
  return [contractText(cases.length, 0, locale)];
}
