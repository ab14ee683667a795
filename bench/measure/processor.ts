import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second. */
const TICK_MS = 10;

/** Processor time of PostgreSQL's processes on this machine, in milliseconds; NaN where it is unknown. */
export function databaseCpu(): number {
  try {
    const ticks = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(ticksOf);
    return ticks.reduce((sum, count) => sum + count, 0) * TICK_MS;
  } catch {
    return NaN;
  }
}

function ticksOf(pid: string): number {
  const [, name, rest = ''] = /^\d+ \((.*)\) (.*)$/s.exec(statOf(pid)) ?? [];
  if (name !== 'postgres') return 0;
  const [user, system] = rest.split(' ').slice(11, 13);
  return Number(user) + Number(system);
}

/** A process may end between being listed and being read. */
function statOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return '';
  }
}
