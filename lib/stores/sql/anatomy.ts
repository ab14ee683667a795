/** The parts of a client's error that the store reads: its codes, and words that are never passed on. */
export interface Anatomy {
  /** The codes of the error and of its causes. */
  readonly codes: readonly string[];
  readonly words: string;
  readonly name: string;
}

/** Where clients keep a code: SQLSTATE, an engine's code, or the adapter's kind of error. */
const CODES = ['code', 'errno', 'sqlState', 'originalCode', 'kind'];
/** Where clients keep the driver's error: Sequelize, TypeORM, Drizzle, Prisma. */
const CAUSES = ['original', 'parent', 'driverError', 'cause', 'meta', 'driverAdapterError'];
const DEPTH = 5;

/** Takes an error of any client apart. */
export function anatomyOf(error: unknown): Anatomy {
  const layers = layersOf(error, DEPTH);
  const codes = layers.flatMap((layer) => CODES.flatMap((key) => codeOf(layer[key])));
  return {
    codes: [...new Set(codes)],
    words: layers.map((layer) => textOf(layer['message']) + textOf(layer['originalMessage'])).join(' '),
    name: textOf(layers[0]?.['name']) || 'Error',
  };
}

type Layer = Record<string, unknown>;

/** By its parts, not by its class: errors may come from another realm or another copy of a client. */
function layersOf(error: unknown, depth: number): Layer[] {
  if (typeof error !== 'object' || error === null || depth === 0) return [];
  const layer = error as Layer;
  // Of an aggregate: several addresses of one server were tried.
  const aggregated: unknown[] = Array.isArray(layer['errors']) ? layer['errors'] : [];
  const inner = [...CAUSES.map((key) => layer[key]), ...aggregated];
  return [layer, ...inner.flatMap((cause) => layersOf(cause, depth - 1))];
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const codeOf = (value: unknown): string[] =>
  (typeof value === 'string' && value !== '') || typeof value === 'number' ? [String(value)] : [];
