import type { Atipay } from '../atipay';
import type { SweepReport } from '../core/sweep-report';
import { loadModule } from './module';
import { DeskError, misuse } from './wording';

const WHY = `A sweep asks the gateway and calls the shop's hooks, so it needs the shop's own router. Give --config a module
that makes it, with recovery: false, and exports it:

  // atipay.config.js
  module.exports = atipayRouter({ apiKey, store, onSuccess, /* as in the shop */ recovery: false });

A shop that is running sweeps by itself, every 30 seconds.`;

/** `sweep`: one sweep with the shop's own hooks. */
export async function sweepWith(config: string | undefined, json: boolean): Promise<string[]> {
  if (config === undefined) throw misuse(WHY);
  return sweepBy(await loadModule(config), config, json);
}

/** The same with the shop's module at hand. */
export async function sweepBy(
  module: Record<string, unknown>,
  config: string,
  json: boolean,
): Promise<string[]> {
  const atipay = find(module, config);
  try {
    const report = await atipay.recover();
    return [json ? JSON.stringify(report, null, 2) : tell(report)];
  } finally {
    await atipay.close();
  }
}

/** By what it can do, not by its class: the shop may have a copy of the package of its own. */
function find(module: Record<string, unknown>, config: string): Pick<Atipay, 'recover' | 'close'> {
  const candidates = Object.values(module).flatMap((value) => [value, partOf(value, 'atipay')]);
  const found = candidates.find((value) => typeof partOf(value, 'recover') === 'function');
  if (found) return found as Atipay;
  throw new DeskError(`${config} exports no atipayRouter and no atipay of one.\n${WHY}`);
}

const partOf = (value: unknown, name: string): unknown =>
  (typeof value === 'object' || typeof value === 'function') && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;

function tell({ due, paid, failed, review, hooks, waiting, ms }: SweepReport): string {
  if (due === 0) return 'Nothing was due.';
  return (
    `Payments that were due: ${due}. Became paid: ${paid}, failed: ${failed}, review: ${review}. ` +
    `Hooks that returned: ${hooks}. Still waiting for an answer or a hook: ${waiting}. It took ${ms} ms.`
  );
}
