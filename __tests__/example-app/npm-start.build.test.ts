import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import createKnex from 'knex';
import { ROOT } from '../package/packed';
import { until } from '../support/until';
import { Visitor } from './shop';

/** Parts of the repository that `npm start` builds from. */
const SOURCES = ['lib', 'example-app', 'package.json', 'tsconfig.json', 'tsconfig.build.json'];
/** Longer than the server leaves to requests without a payment. */
const VERIFY_MS = 3_000;

const folder = mkdtempSync(join(tmpdir(), 'atipay-start-'));

beforeAll(() => {
  const isSource = (path: string): boolean => !/example-app\/(?:build|data)/.test(path);
  for (const source of SOURCES) {
    cpSync(join(ROOT, source), join(folder, source), { recursive: true, filter: isSource });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Ports that are free now. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

/** The payments as the shop has stored them. */
async function payments(): Promise<{ status: string; hook_delivered_at: number | null }[]> {
  const filename = join(folder, 'example-app/data/shop.sqlite');
  if (!existsSync(filename)) return [];
  const knex = createKnex({ client: 'better-sqlite3', connection: { filename }, useNullAsDefault: true });
  try {
    return await knex('atipay_payments').select('status', 'hook_delivered_at');
  } finally {
    await knex.destroy();
  }
}

test('SIGTERM ends npm start, and the payment that is being confirmed is served before', async () => {
  const [port = 0, simulatorPort = 0] = await freePorts(2);
  const npm = spawn('npm', ['start'], {
    cwd: folder,
    env: { ...process.env, PORT: String(port), SIMULATOR_PORT: String(simulatorPort) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  npm.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  // The server has the same output: it is closed when both have ended.
  const closed = once(npm, 'close');
  await until(() => output.includes('Control page') || npm.exitCode !== null);

  const visitor = new Visitor(`http://localhost:${port}`);
  await visitor.login('نیلوفر');
  const target = await visitor.buy();
  const simulator = (path: string, body: object): Promise<Response> =>
    fetch(`http://127.0.0.1:${simulatorPort}/simulator/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  await simulator('faults', { on: 'verify-payment', kind: 'delay', ms: VERIFY_MS });
  const paid = await simulator('buyer', { target, deliver: false });
  const { redirectUrl, callback } = (await paid.json()) as {
    redirectUrl: string;
    callback: Record<string, string>;
  };
  const body = new URLSearchParams(callback);
  const returned = fetch(redirectUrl, { method: 'POST', body, redirect: 'manual' });
  await until(async () => (await payments())[0]?.status === 'verifying');
  npm.kill('SIGTERM');

  expect((await returned).status).toBe(303);
  await closed;
  expect(await payments()).toEqual([{ status: 'paid', hook_delivered_at: expect.any(Number) as number }]);
});
