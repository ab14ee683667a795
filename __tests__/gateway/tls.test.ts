import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { ClientProcesses } from '../support/client-process';
import { json, startFakeGateway, type FakeGateway } from '../support/fake-gateway';
import { ANOTHER_CERTIFICATE, CERTIFICATE } from '../support/tls';
import { startTunnelProxy, type TunnelProxy } from '../support/tunnel-proxy';

// Trusted authorities and the environment belong to a process.

let gateway: FakeGateway;
let impostor: FakeGateway;
let clients: ClientProcesses;
beforeAll(async () => {
  gateway = await startFakeGateway(CERTIFICATE);
  impostor = await startFakeGateway(ANOTHER_CERTIFICATE);
  for (const server of [gateway, impostor]) server.answers(json({ amount: 10_000 }));
  clients = new ClientProcesses(CERTIFICATE);
});
const toEnd: (() => unknown)[] = [];
beforeEach(() => void gateway.calls.splice(0));
afterEach(() => toEnd.splice(0).forEach((end) => end()));
afterAll(async () => {
  clients.end();
  await Promise.all([gateway.close(), impostor.close()]);
});

async function proxyTo(
  server: FakeGateway,
  options: Parameters<typeof startTunnelProxy>[1] = {},
): Promise<TunnelProxy> {
  const proxy = await startTunnelProxy(Number(new URL(server.url).port), options);
  toEnd.push(() => proxy.close());
  return proxy;
}

const AUTH = { username: 'merchant', password: 'proxy-password' };
const BASIC = `Basic ${Buffer.from('merchant:proxy-password').toString('base64')}`;
const ADAPTERS: [by: string, http: object][] = [
  ['undici', {}],
  ['axios', { adapter: 'http' }],
];

describe.each(ADAPTERS)('by %s', (_by, http) => {
  test('a gateway over https that the system trusts is asked, over one connection', async () => {
    const output = await clients.output({ gatewayUrl: gateway.url, http, calls: 3 });
    expect(output).toBe('amount 10000\n'.repeat(3));
    expect(gateway.calls.map((call) => call.json['apiKey'])).toEqual(Array(3).fill('the-api-key'));
    expect(new Set(gateway.calls.map(({ port }) => port)).size).toBe(1);
  });

  test('a tunnel leads to the gateway, and the proxy sees no plain text', async () => {
    const proxy = await proxyTo(gateway);
    const gatewayUrl = gateway.url.replace('127.0.0.1', 'localhost');
    const through = { host: '127.0.0.1', port: proxy.port, auth: AUTH };
    const output = await clients.output({ gatewayUrl, http: { ...http, proxy: through }, calls: 2 });
    expect(output).toBe('amount 10000\n'.repeat(2));
    expect(new Set(proxy.asked.map(String))).toEqual(new Set([`${new URL(gatewayUrl).host},${BASIC}`]));
    expect(gateway.calls[0]?.headers).not.toHaveProperty('proxy-authorization');
    expect(proxy.seen().length).toBeGreaterThan(0);
    expect(proxy.seen().includes('the-api-key')).toBe(false);
  });

  describe('with NODE_TLS_REJECT_UNAUTHORIZED=0', () => {
    const environment = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };

    test('an impostor gets no request', async () => {
      const output = await clients.output({ gatewayUrl: impostor.url, http, environment });
      expect(output).toMatch(/^unanswered .*: (DEPTH_ZERO_SELF_SIGNED_CERT|a broken connection)\.\n$/);
      expect(impostor.calls).toHaveLength(0);
    });

    test('nor is one at the end of a tunnel', async () => {
      const proxy = await proxyTo(impostor);
      const through = { host: '127.0.0.1', port: proxy.port };
      const gatewayUrl = impostor.url.replace('127.0.0.1', 'localhost');
      const output = await clients.output({ gatewayUrl, http: { ...http, proxy: through }, environment });
      expect(output).toMatch(/^unanswered .*: (DEPTH_ZERO_SELF_SIGNED_CERT|a broken connection)\.\n$/);
      expect(proxy.asked).toHaveLength(1);
      expect(impostor.calls).toHaveLength(0);
    });

    test('nor is a trusted server of another name', async () => {
      const gatewayUrl = gateway.url.replace('127.0.0.1', '127.0.0.2');
      const output = await clients.output({ gatewayUrl, http, environment });
      expect(output).toMatch(/^unanswered /);
      expect(gateway.calls).toHaveLength(0);
    });
  });
});

describe('a proxy over https', () => {
  test('is asked when the system trusts it', async () => {
    const proxy = await proxyTo(gateway, { tls: CERTIFICATE });
    const gatewayUrl = gateway.url.replace('127.0.0.1', 'localhost');
    const environment = { HTTPS_PROXY: `https://merchant:proxy-password@127.0.0.1:${proxy.port}` };
    expect(await clients.output({ gatewayUrl, environment })).toBe('amount 10000\n');
    expect(proxy.asked).toEqual([[new URL(gatewayUrl).host, BASIC]]);
  });

  test('does not get its password when it is an impostor', async () => {
    const proxy = await proxyTo(gateway, { tls: ANOTHER_CERTIFICATE });
    const environment = {
      HTTPS_PROXY: `https://merchant:proxy-password@127.0.0.1:${proxy.port}`,
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
    };
    const output = await clients.output({ gatewayUrl: gateway.url, environment });
    expect(output).toMatch(/^unanswered .*: DEPTH_ZERO_SELF_SIGNED_CERT\.\n$/);
    expect(proxy.asked).toEqual([]);
  });
});

test('a call whose time is up before its connection is there is never sent, and the connection is closed', async () => {
  const slow = createServer();
  toEnd.push(() => slow.close());
  await new Promise<void>((listening) => slow.listen(0, '127.0.0.1', listening));
  const accepted = once(slow, 'connection') as Promise<[Socket]>;
  const gatewayUrl = `https://127.0.0.1:${(slow.address() as AddressInfo).port}`;
  const { stdout } = clients.start({ gatewayUrl, http: { timeout: 100 } });
  const [socket] = await accepted;
  const received: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => received.push(chunk)).on('error', () => undefined);
  await once(socket, 'close');
  expect(stdout && (await text(stdout))).toMatch(/^unanswered .*: nothing within 100 ms\.\n$/);
  // At most the beginning of a handshake, TLS' record of type 22.
  expect(received.map(([type]) => type).filter((type) => type !== 22)).toEqual([]);
});
