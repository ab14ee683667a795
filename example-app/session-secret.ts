import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A secret of this machine, made at the first start: sessions outlive a restart without any configuration. */
export function ownSecret(filename: string): string {
  mkdirSync(dirname(filename), { recursive: true });
  try {
    writeFileSync(filename, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(filename, 'utf8');
}
