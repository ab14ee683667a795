import { consoleLogger } from './events';
import type { Context } from './payments/context';

/**
 * Logs a router's main settings: one line, so that a wrong unit, store or address is seen before the first payment. The
 * default logger, which takes no other `info`, writes it to stderr: a command that loads the shop keeps its output.
 */
export function logStart({ settings, reporter }: Context): void {
  const { account, currency, gatewayUrl, publicUrl, logger } = settings;
  const store = storeName(settings.store);
  const unit = currency === 'IRR' ? 'Rials' : 'Tomans';
  const message =
    `Account ${account}: amounts are ${unit}; payments are kept in ${store}; ` +
    `the gateway is ${gatewayUrl}; buyers return to ${publicUrl}.`;
  if (logger === consoleLogger) console.error(`[express-atipay] ${message}`);
  else reporter.log('info', { account, currency, store, gatewayUrl, publicUrl }, message);
}

function storeName(store: object): string {
  const name = (store.constructor as { name?: string } | undefined)?.name ?? '';
  return name === '' || name === 'Object' ? 'a store of the shop' : name;
}
