import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { problems } from '../texts/problems';
import { CommandError } from './terminal';

/** Asks Node for a module. */
type Importing = (url: string) => Promise<unknown>;

/** Loads a module of the shop's, of either kind. */
export async function loadModule(
  path: string,
  importing: Importing = (url) => import(url),
): Promise<Record<string, unknown>> {
  const file = resolve(path);
  if (!existsSync(file)) throw new CommandError(problems.noFile(file));
  return seenThrough(await load(file, importing));
}

/** The exports as they were written, when they were written as an ES module's and compiled to CommonJS. */
function seenThrough(loaded: Record<string, unknown>): Record<string, unknown> {
  const inner = loaded['default'];
  const compiled = typeof inner === 'object' && inner !== null && '__esModule' in inner;
  return compiled ? { ...inner } : loaded;
}

async function load(file: string, importing: Importing): Promise<Record<string, unknown>> {
  try {
    return (await importing(pathToFileURL(file).href)) as Record<string, unknown>;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ERR_UNKNOWN_FILE_EXTENSION') throw error;
    throw new CommandError(problems.notLoaded(file));
  }
}
