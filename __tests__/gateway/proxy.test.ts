import { createServer } from 'node:http';
import { Agent } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { AtipayClient, type HttpOptions, type VerifyAnswer } from '../../lib/client';
import { json, startFakeGateway, type FakeGateway } from '../support/fake-gateway';
import { throwAwayCertificate, type Certificate } from '../support/tls';

const AMOUNT = { kind: 'amount', amount: 10_000 };
const AUTH = { username: 'merchant', password: 'proxy-password' };
const BASIC = `Basic ${Buffer.from('merchant:proxy-password').toString('base64')}`;

let gateway: FakeGateway;
let certificate: Certificate;
beforeAll(async () => (certificate = await throwAwayCertificate()));
afterEach(() => gateway.close());

const verify = (gatewayUrl: string, http: HttpOptions): Promise<VerifyAnswer> =>
  new AtipayClient({ apiKey: 'the-api-key', gatewayUrl, http }).verifyPayment({ referenceNumber: 'R' });

const portOf = (url: string): number => Number(new URL(url).port);
const atProxy = (port: number): HttpOptions['proxy'] => ({
  protocol: 'http',
  host: '127.0.0.1',
  port,
  auth: AUTH,
});

describe('a gateway over http', () => {
  beforeEach(async () => {
    gateway = await startFakeGateway();
    gateway.answers(json({ amount: 10_000 }));
  });

  it('is asked through the proxy that is set', async () => {
    // `.invalid` has no address: only a proxy that is asked for the whole URL can answer.
    const answer = await verify('http://gateway.invalid/v1', { proxy: atProxy(portOf(gateway.url)) });
    expect(answer).toEqual(AMOUNT);
    expect(gateway.calls[0]).toMatchObject({
      path: 'http://gateway.invalid/v1/verify-payment',
      headers: { host: 'gateway.invalid', 'proxy-authorization': BASIC },
    });
  });

  describe('with a proxy in the environment', () => {
    const before = { ...process.env };
    let proxy: FakeGateway;
    beforeEach(async () => {
      proxy = await startFakeGateway();
      proxy.answers(json({ amount: 1 }));
      for (const name of ['http_proxy', 'HTTP_PROXY']) process.env[name] = proxy.url;
      for (const name of ['no_proxy', 'NO_PROXY']) process.env[name] = '';
    });
    afterEach(() => {
      process.env = { ...before };
      return proxy.close();
    });

    it('is asked through it', async () => {
      expect(await verify(gateway.url, {})).toEqual({ kind: 'amount', amount: 1 });
      expect([proxy.calls.length, gateway.calls.length]).toEqual([1, 0]);
    });

    it('is asked directly with proxy: false', async () => {
      expect(await verify(gateway.url, { proxy: false })).toEqual(AMOUNT);
      expect([proxy.calls.length, gateway.calls.length]).toEqual([0, 1]);
    });
  });

  it('has not answered when the proxy refuses', async () => {
    gateway.answers(json({ amount: 10_000 }, 407));
    const answer = await verify('http://gateway.invalid', { proxy: atProxy(portOf(gateway.url)) });
    expect(answer).toMatchObject({
      kind: 'unanswered',
      error: { message: expect.stringContaining('407') as string },
    });
  });
});

describe('a gateway over https', () => {
  beforeEach(async () => {
    gateway = await startFakeGateway(certificate);
    gateway.answers(json({ amount: 10_000 }));
  });

  it('is asked with the shop’s own agent', async () => {
    const httpsAgent = new Agent({ ca: certificate.cert, keepAlive: true });
    expect(await verify(gateway.url, { httpsAgent })).toEqual(AMOUNT);
    httpsAgent.destroy();
  });

  it('is not told anything when its certificate is nobody’s', async () => {
    const answer = await verify(gateway.url, {});
    expect(answer).toMatchObject({
      kind: 'unanswered',
      error: { message: expect.stringContaining('DEPTH_ZERO_SELF_SIGNED_CERT') as string },
    });
    expect(gateway.calls).toHaveLength(0);
  });

  it('is asked through a tunnel, of whose contents the proxy sees nothing', async () => {
    const seen: Buffer[] = [];
    const asked: unknown[] = [];
    const proxy = createServer().on('connect', (req, client) => {
      asked.push([req.url, req.headers['proxy-authorization']]);
      const upstream = connect(portOf(gateway.url), '127.0.0.1', () => {
        client.write('HTTP/1.1 200 Connection established\r\n\r\n');
        client
          .on('data', (chunk: Buffer) => seen.push(chunk))
          .pipe(upstream)
          .pipe(client);
      });
      client.on('error', () => client.destroy()).on('close', () => upstream.destroy());
      upstream.on('error', () => upstream.destroy()).on('close', () => client.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));

    const httpsAgent = new Agent({ ca: certificate.cert });
    const { port } = proxy.address() as AddressInfo;
    const gatewayUrl = gateway.url.replace('127.0.0.1', 'localhost');
    expect(await verify(gatewayUrl, { httpsAgent, proxy: atProxy(port) })).toEqual(AMOUNT);

    expect(asked).toEqual([[new URL(gatewayUrl).host, BASIC]]);
    expect(gateway.calls[0]?.json).toMatchObject({ apiKey: 'the-api-key' });
    expect(gateway.calls[0]?.headers).not.toHaveProperty('proxy-authorization');
    expect(Buffer.concat(seen).length).toBeGreaterThan(0);
    expect(Buffer.concat(seen).includes('the-api-key')).toBe(false);
    proxy.close();
  });
});
