import type { EventName, Refused } from '../../../../lib/core/event';
import type { Guard } from '../../../../lib/core/guards';
import { TRANSITIONS } from '../../../../lib/core/machine';
import type { PaymentStatus } from '../../../../lib/core/record';
import type { Transition } from '../../../../lib/core/transitions/row';
import { explore, type Bounds, type Exploration } from '../explore';
import type { StepDefect } from '../steps/act';
import type { StoreDefect } from '../store';
import type { World } from '../world';

/** A rule, or a sentence of the design, that is left out. */
export interface Defect {
  name: string;
  /** The smallest world in which it shows. */
  world: World;
  /** Rows of the table that stand instead. */
  rows?: Partial<{ [K in EventName]: (rows: readonly Transition<K>[]) => readonly Transition<K>[] }>;
  store?: StoreDefect;
  steps?: StepDefect;
  bounds?: Bounds;
}

/** Rows without some of their conditions, by name of the condition. */
export const without =
  (...names: string[]) =>
  <K extends EventName>(rows: readonly Transition<K>[]): Transition<K>[] =>
    rows.map(({ when = [], ...row }) => ({ ...row, when: when.filter(({ name }) => !names.includes(name)) }));

/** Rows with another condition in the place of one. */
export const replacing =
  (name: string, guard: Guard) =>
  <K extends EventName>(rows: readonly Transition<K>[]): Transition<K>[] => {
    const replaced = (guards: readonly Guard<K>[] = []): Guard<K>[] =>
      guards.map((old) => (old.name === name ? guard : old));
    return rows.map((row) => ({ ...row, when: replaced(row.when), unless: replaced(row.unless) }));
  };

/** Rows without those that refuse for a reason. */
export const accepting =
  (refused: Refused) =>
  <K extends EventName>(rows: readonly Transition<K>[]): Transition<K>[] =>
    rows.filter(({ refuse }) => refuse !== refused);

/** Rows that change something else too. */
export const alsoSetting =
  (change: NonNullable<Transition<EventName>['set']>) =>
  <K extends EventName>(rows: readonly Transition<K>[]): Transition<K>[] =>
    rows.map((row) => ({ ...row, set: (input) => ({ ...row.set?.(input), ...change(input) }) }));

/** Rows that fire from other statuses. */
export const from =
  (...statuses: PaymentStatus[]) =>
  <K extends EventName>(rows: readonly Transition<K>[]): Transition<K>[] =>
    rows.map((row) => ({ ...row, from: statuses }));

/** Explores the world of a defect while it replaces the part that it leaves out. */
export async function exploreDefect(defect: Defect): Promise<Exploration> {
  const { world, rows = {}, store = {}, steps = {}, bounds = {} } = defect;
  const intact = { ...TRANSITIONS };
  Object.assign(TRANSITIONS, planted(rows));
  try {
    return await explore({ world, store, steps }, bounds);
  } finally {
    Object.assign(TRANSITIONS, intact);
  }
}

function planted(rows: NonNullable<Defect['rows']>): object {
  const plant = <K extends EventName>(name: K): readonly Transition<K>[] =>
    rows[name]?.(TRANSITIONS[name]) ?? TRANSITIONS[name];
  return Object.fromEntries((Object.keys(rows) as EventName[]).map((name) => [name, plant(name)]));
}
