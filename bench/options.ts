import { parseArgs } from 'node:util';

/** The settings of a run. */
export interface Options {
  /** Names of parts; empty: all. */
  only: string[];
  /** A run to see that everything works; its figures say little. */
  quick: boolean;
  rounds: number;
  /** The same for long measurements. */
  fewRounds: number;
  /** Profiles the shops of the package into this folder (`--cpu-prof`). */
  profile: string | undefined;
}

/** Reads the command line. @throws Error that lists the known parts. */
export function readOptions(args: string[], known: readonly string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      profile: { type: 'string' },
    },
  });
  const only = (values.only ?? '').split(',').filter((name) => name !== '');
  const unknown = only.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`No part ${unknown.join(', ')}: there are ${known.join(', ')}.`);
  const { quick } = values;
  const rounds = Number(values.rounds ?? (quick ? 1 : 5));
  return {
    only,
    quick,
    rounds,
    fewRounds: Math.min(3, rounds),
    profile: values.profile,
  };
}
