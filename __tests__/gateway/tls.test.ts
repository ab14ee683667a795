import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { buildSync } from 'esbuild';
import { json, startFakeGateway, type FakeGateway } from '../support/fake-gateway';
import { throwAwayCertificate } from '../support/tls';

// Without an agent of the shop's own, a certificate is trusted by the system's word alone: in a process of its own.

let gateway: FakeGateway;
let folder: string;
beforeAll(async () => {
  const certificate = await throwAwayCertificate();
  gateway = await startFakeGateway(certificate);
  gateway.answers(json({ amount: 10_000 }));
  folder = mkdtempSync(join(tmpdir(), 'atipay-tls-'));
  writeFileSync(join(folder, 'ca.pem'), certificate.cert);
  buildSync({
    entryPoints: [join(__dirname, '../../lib/client.ts')],
    outfile: join(folder, 'client.js'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
  });
});
const toEnd: (() => unknown)[] = [];
beforeEach(() => void gateway.calls.splice(0));
afterEach(() => toEnd.splice(0).forEach((end) => end()));
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await gateway.close();
});

/** Verifies so many receipts one after the other, and prints what came of each. */
const script = (gatewayUrl: string, timeout: number, calls: number): string => `
  const { AtipayClient } = require(${JSON.stringify(join(folder, 'client.js'))});
  const client = new AtipayClient({
    apiKey: 'the-api-key', gatewayUrl: ${JSON.stringify(gatewayUrl)}, http: { timeout: ${timeout}, proxy: false },
  });
  (async () => {
    for (let call = 0; call < ${calls}; call += 1) {
      const answer = await client.verifyPayment({ referenceNumber: 'R' });
      console.log(answer.kind, answer.amount ?? answer.error.message);
      await new Promise(setImmediate);
    }
  })();`;

function run(code: string): ReturnType<typeof spawn> {
  const child = spawn(process.execPath, ['-e', code], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  toEnd.push(() => child.kill());
  return child;
}

const outputOf = ({ stdout }: ReturnType<typeof spawn>): Promise<string> =>
  stdout ? text(stdout) : Promise.resolve('');

test('a gateway over https that the system trusts is asked without more ado, over one connection', async () => {
  expect(await outputOf(run(script(gateway.url, 10_000, 3)))).toBe('amount 10000\n'.repeat(3));
  expect(gateway.calls.map((call) => call.json['apiKey'])).toEqual(Array(3).fill('the-api-key'));
  expect(new Set(gateway.calls.map(({ port }) => port)).size).toBe(1);
});

test('a call whose time is up before its connection is there is never sent', async () => {
  const { port } = new URL(gateway.url);
  const slow = createServer();
  toEnd.push(() => slow.close());
  await new Promise<void>((listening) => slow.listen(0, '127.0.0.1', listening));
  const accepted = once(slow, 'connection') as Promise<[ReturnType<typeof connect>]>;
  const child = run(script(`https://127.0.0.1:${(slow.address() as AddressInfo).port}`, 100, 1));
  const said = outputOf(child);
  const [socket] = await accepted;
  const gone = once(socket, 'close');
  if (child.stdout) await once(child.stdout, 'readable');
  // Only now does the handshake begin.
  const upstream = connect(Number(port), '127.0.0.1');
  const handshake = once(upstream, 'data');
  for (const end of [socket, upstream]) {
    end.on('error', () => undefined);
    toEnd.push(() => end.destroy());
  }
  socket.pipe(upstream).pipe(socket);
  await handshake;
  await gone;
  expect(await said).toMatch(/^unanswered .*: nothing within 100 ms\.\n$/);
  expect(gateway.calls).toHaveLength(0);
});
