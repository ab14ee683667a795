import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

test('everything here compiles: recipes, and the transactions that hooks are given', async () => {
  const tsc = join(__dirname, '../../../node_modules/typescript/bin/tsc');
  await promisify(execFile)(process.execPath, [tsc, '--noEmit', '-p', __dirname]);
});
