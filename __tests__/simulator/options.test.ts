import axios from 'axios';
import { AtipayError } from '../../lib/errors';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../lib/simulator';
import { CERTIFICATE, trustingAgent } from '../support/tls';
import { newToken, order } from './gateway';

let simulator: Simulator | undefined;

afterEach(async () => {
  await simulator?.close();
  simulator = undefined;
});

const start = async (options?: SimulatorOptions) => (simulator = await startSimulator(options));

it('needs no options: any free port, on this machine only', async () => {
  const { url, origin, port, controlUrl, apiKey, terminalId } = await start();
  expect({ url, origin, controlUrl, apiKey, terminalId }).toEqual({
    url: `http://127.0.0.1:${port}/v1`,
    origin: `http://127.0.0.1:${port}`,
    controlUrl: `http://127.0.0.1:${port}/simulator`,
    apiKey: 'test-api-key',
    terminalId: '10000001',
  });
});

it.each([
  [{ prot: 4400 }, /`prot` is not allowed/],
  [{ port: '4400', tokenTtlMs: -1 }, /`port` must be a number; `tokenTtlMs` must be greater/],
  [{ merchants: [{ apiKey: 'k' }] }, /`merchants\[0\].terminalId` is required/],
  [{ merchants: [1, 2].map(() => ({ apiKey: 'k', terminalId: '2' })) }, /contains a duplicate value/],
  [{ https: { key: 'k' } }, /`https.cert` is required/],
  [{ bankOrigin: 'bank.test' }, /`bankOrigin`/],
  [{ tokenRefusal: 'text' }, /`tokenRefusal` must be one of \[code, message\]/],
] as const)('%j is refused by name', async (options, message) => {
  const refused = startSimulator(options as unknown as SimulatorOptions);
  await expect(refused).rejects.toThrow(message);
  await expect(refused).rejects.toBeInstanceOf(AtipayError);
});

it('another merchant may not have the first one’s key or terminal', async () => {
  const same = startSimulator({ merchants: [{ apiKey: 'test-api-key', terminalId: '2' }] });
  await expect(same).rejects.toThrow(/duplicate/);
});

it('says that a port is taken', async () => {
  const { port } = await start();
  await expect(startSimulator({ port })).rejects.toMatchObject({
    code: 'ERR_ATIPAY_SIMULATOR',
    message: `Port ${port} of 127.0.0.1 is taken: choose another, or 0 for any free one.`,
  });
});

it('does not start in production, unless that is meant', async () => {
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  try {
    await expect(startSimulator()).rejects.toThrow(/does not start with NODE_ENV=production/);
    await expect(start({ allowProduction: true })).resolves.toHaveProperty('port');
  } finally {
    process.env['NODE_ENV'] = before;
  }
});

/** A token asked for over TLS. */
async function tokenOver(secure: Simulator): Promise<string> {
  const { data } = await axios.post<{ token: string }>(
    `${secure.url}/get-token`,
    order(secure, { redirectUrl: `${secure.origin}/bank/nobody` }),
    { httpsAgent: trustingAgent(CERTIFICATE), proxy: false },
  );
  return data.token;
}

it('speaks TLS with a certificate, and its buyer trusts it', async () => {
  const secure = await start({ https: CERTIFICATE, bankOrigin: (port) => `https://bank.test:${port}` });
  expect(secure.url).toMatch(/^https:/);
  const { invoiceNumber } = await secure.pay(await tokenOver(secure));
  expect(secure.ledger.find(invoiceNumber)?.status).toBe('taken');
});

it('closes while calls are held, and can be closed twice', async () => {
  const held = await startSimulator();
  held.faults.add({ on: 'get-token', kind: 'no-answer' });
  const call = newToken(held).catch((error: unknown) => error);
  while (held.ledger.calls().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await held.close();
  await held.close();
  expect(await call).toMatchObject({ message: 'fetch failed' });
});
