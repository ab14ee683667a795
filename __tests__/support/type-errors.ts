import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The output of the compiler for a folder's `tsconfig.json`; an empty text when everything compiles. */
export async function typeErrorsIn(folder: string): Promise<string> {
  const tsc = require.resolve('typescript/bin/tsc');
  try {
    await promisify(execFile)(process.execPath, [tsc, '--noEmit', '-p', folder]);
    return '';
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}
