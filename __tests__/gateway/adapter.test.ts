import { Readable } from 'node:stream';
import { AxiosError, AxiosHeaders, type AxiosAdapter, type InternalAxiosRequestConfig } from 'axios';
import { AtipayClient, type VerifyAnswer } from '../../lib/gateway/client';

const URL = 'https://gateway.example/v1';
const AMOUNT = { kind: 'amount', amount: 10_000 };

const clientOf = (adapter: AxiosAdapter, timeout = 5_000): AtipayClient =>
  new AtipayClient({ apiKey: 'the-api-key', gatewayUrl: URL, http: { adapter, timeout } });

const verify = (adapter: AxiosAdapter, timeout?: number): Promise<VerifyAnswer> =>
  clientOf(adapter, timeout).verifyPayment({ referenceNumber: 'R' });

/** Answers with this, in axios' shape. */
const answering =
  (data: unknown, status = 200): AxiosAdapter =>
  (config) =>
    Promise.resolve({ data, status, statusText: '', headers: {}, config });

describe('an adapter of the shop', () => {
  it('is called with a config in axios’ shape', async () => {
    const configs: InternalAxiosRequestConfig[] = [];
    await verify((config) => {
      configs.push(config);
      return answering('{"amount":10000}')(config);
    });
    const [config] = configs;
    expect(config).toMatchObject({
      url: `${URL}/verify-payment`,
      method: 'post',
      data: '{"apiKey":"the-api-key","referenceNumber":"R"}',
      timeout: 5_000,
      responseType: 'text',
      maxRedirects: 0,
      maxContentLength: 65_536,
    });
    expect(config?.headers).toBeInstanceOf(AxiosHeaders);
    expect(config?.headers.toJSON()).toEqual({
      'Content-Type': 'application/json',
      Accept: 'application/json',
      'User-Agent': 'express-atipay',
    });
    expect(config?.signal).toBeInstanceOf(AbortSignal);
    expect(config?.validateStatus?.(500)).toBe(true);
    expect(config?.httpsAgent).toMatchObject({ options: { rejectUnauthorized: true, keepAlive: true } });
    expect(config).not.toHaveProperty('proxy');
  });

  it.each([false, { host: 'proxy.example', port: 3128 }] as const)(
    'is given the proxy option: %j',
    async (proxy) => {
      const proxies: unknown[] = [];
      const adapter: AxiosAdapter = (config) => {
        proxies.push(config.proxy);
        return answering('{"amount":10000}')(config);
      };
      const client = new AtipayClient({ apiKey: 'k', gatewayUrl: URL, http: { adapter, proxy } });
      await client.verifyPayment({ referenceNumber: 'R' });
      expect(proxies).toEqual([proxy]);
    },
  );

  it('is not troubled by a proxy in the environment that only others could use', () => {
    const before = { ...process.env };
    process.env['ALL_PROXY'] = 'socks5://127.0.0.1:1';
    try {
      expect(clientOf(answering(''))).toBeInstanceOf(AtipayClient);
    } finally {
      process.env = { ...before };
    }
  });

  it('gets Connection: close when a fresh connection is asked for', async () => {
    const configs: InternalAxiosRequestConfig[] = [];
    const client = clientOf((config) => {
      configs.push(config);
      return answering('{"status":"1","token":"T"}')(config);
    });
    await client.getToken(
      { amount: 1, invoiceNumber: '1', redirectUrl: 'https://shop.example/' },
      { fresh: true },
    );
    expect(configs[0]?.headers.get('Connection')).toBe('close');
    expect(configs[0]?.httpsAgent).toMatchObject({ options: { rejectUnauthorized: true, keepAlive: false } });
  });

  it.each<[what: string, data: unknown]>([
    ['a text', '{"amount":10000}'],
    ['parsed', { amount: 10_000 }],
    ['a Buffer', Buffer.from('{"amount":10000}')],
    ['an ArrayBuffer', new TextEncoder().encode('{"amount":10000}').buffer],
  ])('answers with %s', async (_what, data) => expect(await verify(answering(data))).toEqual(AMOUNT));

  it.each<[what: string, data: unknown]>([
    ['nothing', undefined],
    ['a list', [{ amount: 10_000 }]],
    ['a stream', Readable.from(['{"amount":10000}'])],
    ['too much', ' '.repeat(65_536) + '{"amount":10000}'],
  ])('has not answered with %s', async (_what, data) =>
    expect(await verify(answering(data))).toMatchObject({ kind: 'unanswered' }),
  );

  it('is read by the response of its error, where it does not mind validateStatus', async () => {
    const failing: AxiosAdapter = async (config) => {
      const response = await answering('{"errorCode":"5"}', 422)(config);
      throw new AxiosError('status 422', 'ERR_BAD_REQUEST', config, {}, response);
    };
    const message = 'AtiPay gave no usable answer to verify-payment: HTTP status 422.';
    expect(await verify(failing)).toMatchObject({ kind: 'unanswered', error: { message } });
  });

  it('gives nothing of the request away by its error', async () => {
    const failing: AxiosAdapter = (config) =>
      Promise.reject(
        new AxiosError(`failed: ${String(config.data)}`, 'ERR_NETWORK', config, {
          body: String(config.data),
        }),
      );
    const answer = await verify(failing);
    expect(answer).toMatchObject({
      kind: 'unanswered',
      error: { message: 'AtiPay gave no usable answer to verify-payment: ERR_NETWORK.' },
    });
    expect(answer.kind === 'unanswered' && answer.error).not.toHaveProperty('cause');
  });

  it.each([true, false])(
    'says with request.reusedSocket (%s) whether the connection was an old one',
    async (reusedSocket) => {
      const failing: AxiosAdapter = (config) =>
        Promise.reject(new AxiosError('reset', 'ECONNRESET', config, { reusedSocket }));
      expect(await verify(failing)).toMatchObject({ kind: 'unanswered', reusedConnection: reusedSocket });
    },
  );

  it('is aborted when time is up, and is not waited for', async () => {
    const signals: unknown[] = [];
    const answer = await verify(({ signal }) => {
      signals.push(signal);
      return new Promise(() => undefined);
    }, 20);
    expect(answer).toMatchObject({
      kind: 'unanswered',
      error: { message: expect.stringContaining('nothing within 20 ms') as string },
    });
    expect(signals[0]).toMatchObject({ aborted: true });
  });
});

test.each(['fetch', 'xhr', 'htp'])('%s is no adapter', (adapter) => {
  const client = (): unknown => new AtipayClient({ apiKey: 'k', http: { adapter: adapter as never } });
  expect(client).toThrow(expect.objectContaining({ code: 'ERR_ATIPAY_CONFIG' }) as Error);
  expect(client).toThrow(/http\.adapter/);
});
