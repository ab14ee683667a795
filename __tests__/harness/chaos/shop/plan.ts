import type { ClockPlan } from '../world/clock';
import type { DatabasePlan } from '../world/database';
import type { Pace } from '../world/settings';
import type { CrashPoint } from './crashes';
import type { DefectName } from './defects';

/** The settings of a shop process. */
export interface ShopPlan {
  /** This package, or the handler that it is compared with. */
  kind: 'ours' | 'textbook';
  database: DatabasePlan;
  /** The client of the store, by its name in `harness/clients/drivers`. Default: Knex, without its install. */
  client?: string;
  clock: ClockPlan;
  offset: number;
  seed: number;
  pace: Pace;
  apiKey: string;
  gatewayUrl: string;
  /** Where buyers reach the shop; without one, the process itself. */
  publicUrl?: string;
  /** Sweeps by a timer. */
  sweeping: boolean;
  /** Hooks and `stillPayable` throw now and then. */
  stumbling: boolean;
  /** One rule of the core taken away, to see that the audit notices. */
  defect?: DefectName;
  /** Where the process kills itself. */
  crashAt?: CrashPoint;
  /** It is not killed there, but stopped when so many payments are. */
  frozenWith?: number;
}

/** The script of a shop's process. Only that of a chosen client needs `npm run clients`. */
export const shopScript = (client: string | undefined): string =>
  client === undefined ? 'shop/process.ts' : '../clients/shop/process.ts';
