import type { Clock } from './clock';
import type { Faults } from './faults';
import type { Guard } from './guard';
import type { Ledger } from './ledger';
import type { Settings } from './options';

/** The state that all parts of a simulator share. */
export interface Context {
  settings: Settings;
  clock: Clock;
  ledger: Ledger;
  faults: Faults;
  guard: Guard;
  /** Known once the port is. */
  origins: { gateway: string; bank: string };
}
