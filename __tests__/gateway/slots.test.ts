import { AtipayClient, type TokenAnswer, type VerifyAnswer } from '../../lib/gateway/client';
import { json, startFakeGateway, type Answer, type FakeGateway } from '../support/fake-gateway';
import { TRANSPORTS } from '../support/transports';

describe.each(TRANSPORTS)('by %s, a gateway', (_by, options) => {
  let gateway: FakeGateway;
  let client: AtipayClient;
  beforeEach(async () => {
    gateway = await startFakeGateway();
    client = new AtipayClient({
      apiKey: 'the-api-key',
      gatewayUrl: gateway.url,
      http: { ...options(), timeout: 600_000 },
    });
  });
  afterEach(() => gateway.close());

  const getToken = (options?: { patience: number }): Promise<TokenAnswer> =>
    client.getToken({ amount: 1, invoiceNumber: '1', redirectUrl: 'https://shop.example/' }, options);
  const verify = (): Promise<VerifyAnswer> => client.verifyPayment({ referenceNumber: 'R' });

  /** Holds every call until it is let go, then answers it and those that follow. */
  function held(): { arrived: (count: number) => Promise<void>; release: (answer: Answer) => void } {
    const waiting: Parameters<Answer>[0][] = [];
    let wake = (): void => undefined;
    gateway.answers((res) => {
      waiting.push(res);
      wake();
    });
    return {
      arrived: async (count) => {
        while (waiting.length < count) await new Promise<void>((resolve) => (wake = resolve));
      },
      release: (answer) => {
        gateway.answers(answer);
        for (const res of waiting) answer(res);
      },
    };
  }

  test('that hangs is called over few connections; calls that have waited are not sent', async () => {
    const { arrived, release } = held();
    const answers = Array.from({ length: 800 }, () => getToken({ patience: 50 }));
    const refused = await Promise.all(answers.slice(64));
    for (const answer of refused) {
      expect(answer).toMatchObject({
        kind: 'unanswered',
        error: {
          code: 'ERR_ATIPAY_GATEWAY_UNAVAILABLE',
          message: expect.stringMatching(
            /get-token: it was not sent, since .* the gateway is slow or silent\./,
          ) as string,
        },
      });
    }
    await arrived(64);
    expect(new Set(gateway.calls.map(({ port }) => port)).size).toBe(64);

    const waiting = Array.from({ length: 4 }, () => getToken());
    const verified = Array.from({ length: 20 }, verify);
    await arrived(80);
    const operations = gateway.calls.map(({ path }) => path);
    expect(operations.filter((path) => path === '/verify-payment')).toHaveLength(16);

    release(json({ status: '1', token: 'T', amount: 5 }));
    for (const answer of await Promise.all(verified)) expect(answer).toEqual({ kind: 'amount', amount: 5 });
    for (const answer of await Promise.all([...answers.slice(0, 64), ...waiting])) {
      expect(answer).toEqual({ kind: 'token', token: 'T' });
    }
    expect(gateway.calls).toHaveLength(64 + 20 + 4);
    expect(new Set(gateway.calls.map(({ port }) => port)).size).toBeLessThanOrEqual(80);
    // Waiting verify calls went before waiting token calls.
    const later = gateway.calls.slice(80, 84).map(({ path }) => path);
    expect(later).toEqual(Array(4).fill('/verify-payment'));
  });

  test('that answers serves a thousand buyers who come at once', async () => {
    gateway.answers(json({ status: '1', token: 'T' }));
    const answers = await Promise.all(Array.from({ length: 1_000 }, () => getToken()));
    for (const answer of answers) expect(answer).toEqual({ kind: 'token', token: 'T' });
    expect(new Set(gateway.calls.map(({ port }) => port)).size).toBeLessThanOrEqual(64);
  });

  test('that hangs does not get a call whose time went by while it waited', async () => {
    const { arrived, release } = held();
    const first = Array.from({ length: 80 }, verify);
    await arrived(80);
    const answer = await client.verifyPayment({ referenceNumber: 'R' }, { timeout: 50 });
    expect(answer).toMatchObject({
      kind: 'unanswered',
      error: { message: expect.stringContaining('verify-payment: it was not sent, since') as string },
    });
    release(json({ amount: 5 }));
    await Promise.all(first);
    expect(gateway.calls).toHaveLength(80);
  });
});
