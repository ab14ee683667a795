import { randomBytes } from 'node:crypto';
import { paymentStoreContract, type ContractOptions, type StoreUnderTest } from '../../../stores/contract';
import type { Locale } from '../../../texts';
import { problems } from '../../texts/problems';
import { contractText, untriedText } from '../../texts/reports';
import { withDatabase } from '../database';
import { loadModule } from '../module';
import type { SourceOptions } from '../source';
import { CommandError, plain, wrap, type Terminal } from '../terminal';

/** Which store to try, and whether without the cases that write hundreds of payments at once. */
export interface CheckOptions extends SourceOptions {
  small?: boolean;
}

type OpenStore = () => StoreUnderTest<unknown> | Promise<StoreUnderTest<unknown>>;

/** `check`: the contract's suite against the shop's kind of store, in a table that is dropped afterwards. */
export async function check(options: CheckOptions, terminal: Terminal): Promise<string[]> {
  if (options.app !== undefined) {
    const { scratchStore } = await loadModule(options.app);
    if (typeof scratchStore !== 'function') throw new CommandError(problems.noScratchStore);
    return tried(scratchStore as OpenStore, options, terminal);
  }
  const tableName = `atipay_check_${randomBytes(4).toString('hex')}`;
  return withDatabase({ ...options, table: tableName }, async (database) => {
    await database.createTable();
    try {
      return await tried(() => ({ store: database.store }), options, terminal);
    } finally {
      await database.dropTable();
    }
  });
}

async function tried(
  open: OpenStore,
  { small, locale }: CheckOptions,
  terminal: Terminal,
): Promise<string[]> {
  const capable = { ...(await capabilities(open)), crowds: small !== true };
  const cases = paymentStoreContract(open, capable);
  const failures: string[] = [];
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
  return [contractText(cases.length, 0, locale), ...untried(capable, locale)];
}

type Capabilities = Required<ContractOptions>;

async function capabilities(open: OpenStore): Promise<Omit<Capabilities, 'crowds'>> {
  const { store, close, spoil, endTransaction } = await open();
  await close?.();
  return {
    transactions: store.transaction !== undefined,
    endTransaction: endTransaction !== undefined,
    spoil: spoil !== undefined,
    search: 'search' in store,
    findWithHolder: store.findWithHolder !== undefined,
  };
}

/** The cases that are left out, and why. */
const untried = (capable: Capabilities, locale: Locale): string[] =>
  untriedText
    .filter(({ capability }) => !capable[capability])
    .flatMap(({ [locale]: text }) => wrap(text, '  '));
