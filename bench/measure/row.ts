import { summarize, type Summary } from './summary';

/** The bound of a row. `of`: the ratio of both sides, their difference, or the first side alone. */
export interface Target {
  of: 'ratio' | 'difference' | 'value';
  atLeast?: number;
  atMost?: number;
}

/** One side of a comparison, a value a round. */
export interface Measurements {
  name: string;
  values: number[];
}

/** One line of the report: a measure on two sides, round by round, and how they compare. */
export interface Row {
  part: string;
  what: string;
  measure: string;
  unit: string;
  a: { name: string } & Summary;
  b?: { name: string } & Summary;
  /** a / b of each round. */
  ratio?: Summary;
  /** a - b of each round. */
  difference?: Summary;
  /** How the table compares the two sides. */
  shown: 'ratio' | 'difference';
  target?: Target & { met: boolean };
}

/** Compares two sides that were measured in the same rounds. */
export function compare(
  head: Pick<Row, 'part' | 'what' | 'measure' | 'unit'> & Partial<Pick<Row, 'shown'>>,
  a: Measurements,
  b: Measurements | undefined,
  target?: Target,
): Row {
  const pairs = a.values.flatMap((value, round) => {
    const other = b?.values[round];
    return other === undefined ? [] : [[value, other] as const];
  });
  const row: Row = {
    shown: 'ratio',
    ...head,
    a: { name: a.name, ...summarize(a.values) },
    ...(b && {
      b: { name: b.name, ...summarize(b.values) },
      ratio: summarize(pairs.map(([mine, other]) => mine / other)),
      difference: summarize(pairs.map(([mine, other]) => mine - other)),
    }),
  };
  return target ? { ...row, target: { ...target, met: isMet(row, target) } } : row;
}

function isMet(row: Row, { of, atLeast = -Infinity, atMost = Infinity }: Target): boolean {
  const value = of === 'value' ? row.a.median : (row[of]?.median ?? NaN);
  return value >= atLeast && value <= atMost;
}
