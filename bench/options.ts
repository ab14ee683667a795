import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';

/** The settings of a run. */
export interface Options {
  /** Names of parts; empty: all. */
  only: string[];
  /** A run to see that everything works; its figures say little. */
  quick: boolean;
  rounds: number;
  /** Profiles the shops of the package into this folder (`--cpu-prof`). */
  profile: string | undefined;
  /** The Node that shops run on, as a path. */
  node: string;
  /** Shops run on another Node than this run: better-sqlite3 is compiled for this one. */
  otherNode: boolean;
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
      node: { type: 'string' },
    },
  });
  const only = (values.only ?? '').split(',').filter((name) => name !== '');
  const unknown = only.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`No part ${unknown.join(', ')}: there are ${known.join(', ')}.`);
  const { quick } = values;
  const rounds = Number(values.rounds ?? (quick ? 1 : 3));
  return {
    only,
    quick,
    rounds,
    profile: values.profile,
    node: values.node === undefined ? process.execPath : nodeOf(values.node),
    otherNode: values.node !== undefined,
  };
}

/** The path of a released Node, from the registry. */
const nodeOf = (version: string): string =>
  execFileSync('npx', ['-y', '-p', `node@${version}`, 'node', '-p', 'process.execPath'], {
    encoding: 'utf8',
  }).trim();
