import type { Atipay } from '../../atipay';
import type { PaymentStore } from '../../stores/store';
import type { Locale } from '../../texts';
import { operatorOf, operatorOver, type Operator } from '../operator';
import { problems } from '../texts/problems';
import { withDatabase, type Place } from './database';
import { loadModule } from './module';
import { CommandError, misuse } from './terminal';

/** Where payments are, and in which words to speak of them. */
export interface SourceOptions extends Place {
  app?: string;
  account?: string;
  locale: Locale;
}

/** The account of routers that name none. */
const DEFAULT_ACCOUNT = 'default';

/** The possible exports of an --app module. */
type Exported = Record<string, unknown>;

/** Opens the payments of the options, and closes them after the work. */
export async function withOperator<T>(
  options: SourceOptions,
  work: (operator: Operator) => Promise<T>,
): Promise<T> {
  const { app, account = DEFAULT_ACCOUNT, locale } = options;
  if (app === undefined) {
    return withDatabase(options, ({ store }) => work(operatorOver(store, account, locale)));
  }
  if (options.database !== undefined || options.knexfile !== undefined) {
    throw misuse(problems.appTwice);
  }
  const module = await loadModule(app);
  const atipay = atipayIn(module);
  if (atipay) {
    try {
      return await work({ ...operatorOf(atipay.context), locale });
    } finally {
      await atipay.close();
    }
  }
  const store = storeOf(module);
  if (store) return work(operatorOver(store, account, locale));
  throw new CommandError(problems.nothingExported(app));
}

/** The shop's router, for commands that need its hooks or the gateway. @throws CommandError without --app */
export async function withShop<T>(
  { app }: SourceOptions,
  command: string,
  work: (atipay: Atipay) => Promise<T>,
): Promise<T> {
  if (app === undefined) throw misuse(problems.needsShop(command));
  const atipay = atipayIn(await loadModule(app));
  if (!atipay) throw new CommandError(problems.noRouterExported(app));
  try {
    return await work(atipay);
  } finally {
    await atipay.close();
  }
}

/** By its methods, not by its class: the shop may have another copy of the package. */
function atipayIn(module: Exported): Atipay | undefined {
  const candidates = candidatesIn(module).flatMap((value) => [value, partOf(value, 'atipay')]);
  const isAtipay = (value: unknown): boolean =>
    typeof partOf(value, 'recover') === 'function' && partOf(value, 'context') !== undefined;
  return candidates.find(isAtipay) as Atipay | undefined;
}

const storeOf = (module: Exported): PaymentStore<unknown> | undefined =>
  candidatesIn(module).find((value) =>
    ['insert', 'find', 'update'].every((name) => typeof partOf(value, name) === 'function'),
  ) as PaymentStore<unknown> | undefined;

/** CommonJS that was loaded as an ES module stands under `default`. */
const candidatesIn = (module: Exported): unknown[] => {
  const inner = module['default'];
  const nested: unknown[] = typeof inner === 'object' && inner !== null ? Object.values(inner) : [];
  return [...Object.values(module), ...nested];
};

const partOf = (value: unknown, name: string): unknown =>
  (typeof value === 'object' || typeof value === 'function') && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
