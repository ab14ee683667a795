import { createRequire } from 'node:module';
import { join } from 'node:path';
import { problems } from '../texts/problems';
import { CommandError } from './terminal';

/** Packages of the folder that the command was started in, before any that are nearer to this package. */
const PLACES = [join(process.cwd(), 'package.json'), __filename].map((from) => createRequire(from));

/** Loads a package, or a file of one such as `mysql2/promise`. @throws CommandError when it is not installed. */
export function requireFromShop(name: string): unknown {
  const place = PLACES.find((require) => isInstalled(name, require));
  if (place) return place(name);
  const [missing = name] = name.split('/');
  throw new CommandError(problems.notInstalled(missing));
}

function isInstalled(name: string, require: NodeJS.Require): boolean {
  try {
    require.resolve(name);
    return true;
  } catch {
    return false;
  }
}
