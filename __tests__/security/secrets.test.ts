import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { API_KEY } from '../helpers/shop';

const ROOT = join(__dirname, '../..');

async function outputOf(script: string): Promise<string> {
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    cwd: ROOT,
    env: { ...process.env, DEBUG: '*', NODE_ENV: 'development' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  await new Promise((resolve) => child.on('close', resolve));
  return output;
}

test('the API key is in nothing a shop prints, shows or throws, whatever the gateway does', async () => {
  const output = await outputOf('__tests__/helpers/canary-shop.ts');
  expect(output).toContain('CANARY RUN COMPLETE');
  // What must be in there, so that looking for the key means something.
  for (const sign of [
    'AtiPay refused a token',
    'gave no usable answer',
    'AmountMismatch',
    '[apiKey]',
    'pager is away',
  ]) {
    expect(output).toContain(sign);
  }
  expect(output).not.toContain(API_KEY);
}, 120_000);
