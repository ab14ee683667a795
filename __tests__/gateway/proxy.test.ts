import { Agent } from 'node:https';
import { getAdapter } from 'axios';
import { findProxy, type Environment } from '../../lib/gateway/proxy';
import { AtipayClient, type HttpOptions, type VerifyAnswer } from '../../lib/gateway/client';
import { json, startFakeGateway, type FakeGateway } from '../support/fake-gateway';
import { CERTIFICATE } from '../support/tls';
import { startTunnelProxy } from '../support/tunnel-proxy';

const AMOUNT = { kind: 'amount', amount: 10_000 };
const AUTH = { username: 'merchant', password: 'proxy-password' };
const BASIC = `Basic ${Buffer.from('merchant:proxy-password').toString('base64')}`;

const verify = (gatewayUrl: string, http: HttpOptions): Promise<VerifyAnswer> =>
  new AtipayClient({ apiKey: 'the-api-key', gatewayUrl, http }).verifyPayment({ referenceNumber: 'R' });

const portOf = (url: string): number => Number(new URL(url).port);

describe.each<[by: string, http: HttpOptions]>([
  ['undici', {}],
  ['axios', { adapter: 'http' }],
])('by %s, a gateway over http', (_by, http) => {
  let proxy: FakeGateway;
  beforeEach(async () => {
    proxy = await startFakeGateway();
    proxy.answers(json({ amount: 10_000 }));
  });
  afterEach(() => proxy.close());

  const through = (): HttpOptions => ({
    ...http,
    proxy: { protocol: 'http', host: '127.0.0.1', port: portOf(proxy.url), auth: AUTH },
  });

  it('is asked through the proxy that is set', async () => {
    // Nothing listens there: only a proxy that is asked for the whole URL can answer.
    expect(await verify('http://localhost:1/v1', through())).toEqual(AMOUNT);
    expect(proxy.calls[0]).toMatchObject({
      path: 'http://localhost:1/v1/verify-payment',
      headers: { host: 'localhost:1', 'proxy-authorization': BASIC },
    });
  });

  it('has not answered when the proxy refuses', async () => {
    proxy.answers(json({ amount: 10_000 }, 407));
    const message = expect.stringContaining('407') as string;
    expect(await verify('http://localhost:1', through())).toMatchObject({
      kind: 'unanswered',
      error: { message },
    });
  });

  describe('with a proxy in the environment', () => {
    const before = { ...process.env };
    let gateway: FakeGateway;
    beforeEach(async () => {
      gateway = await startFakeGateway();
      gateway.answers(json({ amount: 1 }));
      for (const name of ['http_proxy', 'HTTP_PROXY']) process.env[name] = proxy.url;
      for (const name of ['no_proxy', 'NO_PROXY']) process.env[name] = '';
    });
    afterEach(() => {
      process.env = { ...before };
      return gateway.close();
    });

    it('is asked through it', async () => {
      expect(await verify(gateway.url, http)).toEqual(AMOUNT);
      expect([proxy.calls.length, gateway.calls.length]).toEqual([1, 0]);
    });

    it('is asked directly with proxy: false', async () => {
      expect(await verify(gateway.url, { ...http, proxy: false })).toEqual({ kind: 'amount', amount: 1 });
      expect([proxy.calls.length, gateway.calls.length]).toEqual([0, 1]);
    });

    it('is asked directly where NO_PROXY names it', async () => {
      process.env['NO_PROXY'] = 'example.com,127.0.0.1';
      expect(await verify(gateway.url, http)).toEqual({ kind: 'amount', amount: 1 });
      expect([proxy.calls.length, gateway.calls.length]).toEqual([0, 1]);
    });
  });
});

describe('a gateway over https', () => {
  it('is asked with an agent of the shop', async () => {
    const gateway = await startFakeGateway(CERTIFICATE);
    gateway.answers(json({ amount: 10_000 }));
    const httpsAgent = new Agent({ ca: CERTIFICATE.cert, keepAlive: true });
    expect(
      await verify(gateway.url, { adapter: (config) => getAdapter('http')({ ...config, httpsAgent }) }),
    ).toEqual(AMOUNT);
    httpsAgent.destroy();
    await gateway.close();
  });

  it.each([407, 403, 502])('has not answered when the proxy opens no tunnel but says %i', async (status) => {
    const proxy = await startTunnelProxy(1, { status });
    const answer = await verify('https://gateway.invalid', {
      proxy: { host: '127.0.0.1', port: proxy.port },
    });
    const message = `AtiPay gave no usable answer to verify-payment: the proxy answered with HTTP status ${status}.`;
    expect(answer).toMatchObject({ kind: 'unanswered', error: { message } });
    proxy.close();
  });
});

describe('the proxy of the environment', () => {
  const GATEWAY = 'https://mipg.atipay.net/v1';
  const found = (environment: Environment, url = GATEWAY): string | undefined =>
    findProxy(url, undefined, environment)?.origin;

  it.each<[environment: Environment, url: string, origin: string | undefined]>([
    [{}, GATEWAY, undefined],
    [{ HTTPS_PROXY: '' }, GATEWAY, undefined],
    [{ HTTPS_PROXY: 'http://a:3128' }, GATEWAY, 'http://a:3128'],
    [{ https_proxy: 'http://b:3128', HTTPS_PROXY: 'http://a:3128' }, GATEWAY, 'http://b:3128'],
    [{ HTTPS_PROXY: 'http://a:3128', ALL_PROXY: 'socks5://c:1080' }, GATEWAY, 'http://a:3128'],
    [{ ALL_PROXY: 'http://c:3128' }, GATEWAY, 'http://c:3128'],
    [{ all_proxy: ' https://c ' }, GATEWAY, 'https://c:443'],
    [{ HTTPS_PROXY: 'a:3128' }, GATEWAY, 'http://a:3128'],
    [{ HTTPS_PROXY: 'http://[::1]:3128/' }, GATEWAY, 'http://[::1]:3128'],
    [{ HTTP_PROXY: 'http://a:3128' }, GATEWAY, undefined],
    [{ HTTP_PROXY: 'http://a' }, 'http://127.0.0.1:1/v1', 'http://a:80'],
    [{ HTTPS_PROXY: 'socks5://a:1', NO_PROXY: '*' }, GATEWAY, undefined],
  ])('of %j for %s is %s', (environment, url, origin) => expect(found(environment, url)).toBe(origin));

  it.each([
    'mipg.atipay.net',
    '.atipay.net',
    '*.atipay.net',
    'atipay.net',
    'MIPG.atipay.net:443',
    'x y,atipay.net',
  ])('is not asked with NO_PROXY=%s', (NO_PROXY) =>
    expect(found({ HTTPS_PROXY: 'http://a:1', NO_PROXY })).toBeUndefined(),
  );

  it.each(['', 'pay.net', 'mipg.atipay.net:8443', 'example.com', 'mipg'])(
    'is asked with NO_PROXY=%j',
    (NO_PROXY) => expect(found({ HTTPS_PROXY: 'http://a:1', NO_PROXY })).toBe('http://a:1'),
  );

  it.each<[value: string, shown: string]>([
    ['socks5://user:s3cret@host.example:1080', 'socks5://host.example:1080'],
    ['socks4://host.example', 'socks4://host.example'],
    ['ftp://user:s3cret@host.example', 'ftp://host.example'],
    ['http://user:s3cret@host.example:port', 'no URL'],
    ['http://user:s3cret', 'no URL'],
    ['http://', 'no URL'],
    ['user:s3cret@:80', 'no URL'],
    ['pac+http://user:s3cret@host/x.pac', 'pac+http://host'],
  ])('is an error at start when it is %s', (ALL_PROXY, shown) => {
    const before = { ...process.env };
    Object.assign(process.env, {
      ALL_PROXY,
      all_proxy: '',
      HTTPS_PROXY: '',
      https_proxy: '',
      NO_PROXY: '',
      no_proxy: '',
    });
    try {
      const client = (): unknown => new AtipayClient({ apiKey: 'k' });
      expect(client).toThrow(expect.objectContaining({ code: 'ERR_ATIPAY_CONFIG' }) as Error);
      expect(client).toThrow(/ALL_PROXY/);
      expect(client).toThrow(shown);
      expect(client).not.toThrow(/s3cret|user:/);
    } finally {
      process.env = { ...before };
    }
  });

  it.each<[proxy: object, shown: string]>([
    [{ protocol: 'socks5', host: 'h', port: 1080, auth: { username: 'u', password: 's3cret' } }, 'protocol'],
    [{ host: 'h', port: 0 }, 'port'],
    [{ host: 'h' }, 'port'],
    [{ host: 'h', port: '80' }, 'port'],
    [{ host: 'u:s3cret@h', port: 80 }, 'host'],
    [{ host: '', port: 80 }, 'host'],
    [{ port: 80 }, 'host'],
    [{ host: 'h', port: 80, auth: 'u:s3cret' }, 'auth'],
  ])('is an error at start when the option is %j', (proxy, shown) => {
    const client = (): unknown => new AtipayClient({ apiKey: 'k', http: { proxy: proxy as never } });
    expect(client).toThrow(expect.objectContaining({ code: 'ERR_ATIPAY_CONFIG' }) as Error);
    expect(client).toThrow(new RegExp(`http\\.proxy.*${shown}`));
    expect(client).not.toThrow(/s3cret/);
  });
});

describe('a gateway that may not be called', () => {
  it.each([
    'http://mipg.atipay.net/v1',
    'http://10.0.0.1',
    'http://127.0.0.1.example',
    'http://localhost.example',
    'http://0.0.0.0',
    'ftp://localhost',
    'x',
  ])('is refused at start: %s', (gatewayUrl) => {
    const client = (): unknown => new AtipayClient({ apiKey: 'k', gatewayUrl });
    expect(client).toThrow(expect.objectContaining({ code: 'ERR_ATIPAY_CONFIG' }) as Error);
  });

  it.each([
    'https://mipg.atipay.net',
    'http://localhost:1',
    'http://127.0.0.1',
    'http://127.9.9.9:80',
    'http://[::1]:8',
  ])('is not this one: %s', (gatewayUrl) =>
    expect(new AtipayClient({ apiKey: 'k', gatewayUrl })).toBeInstanceOf(AtipayClient),
  );
});
