import type { Row } from '../measure/row';
import type { Stage } from '../world/stage';
import { play, SOME, type Match } from './match';

const COMMON = {
  part: 'routes',
  routes: ['pay', 'callback'],
  // The crowd first: a single buyer is served by code that V8 has compiled.
  crowds: [SOME, 1],
} as const;

const onDatabase = (store: 'sqlite' | 'pg'): Match => ({
  ...COMMON,
  store,
  comparisons: [{ ours: 'ours', rival: 'by hand', shares: { callback: 0.9 } }],
});

const MATCHES: readonly Match[] = [
  {
    ...COMMON,
    store: 'memory',
    comparisons: [
      { ours: 'ours', rival: 'textbook', shares: { callback: 1.3 } },
      { ours: 'ours', rival: 'monopay', shares: { callback: 1.1 } },
    ],
  },
  onDatabase('sqlite'),
  onDatabase('pg'),
];

/** Both routes whole, beside each rival, with so many buyers at once. The gateway answers at once. */
export async function routes(stage: Stage): Promise<Row[]> {
  const rows: Row[] = [];
  for (const match of MATCHES) {
    if (stage.has(match.store)) rows.push(...(await play(stage, match)));
  }
  return rows;
}
