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
    const refused = await Promise.all(answers.slice(96));
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
    await arrived(96);
    expect(new Set(gateway.calls.map(({ port }) => port)).size).toBe(96);

    const waiting = Array.from({ length: 4 }, () => getToken());
    const verified = Array.from({ length: 36 }, verify);
    await arrived(128);
    const operations = gateway.calls.map(({ path }) => path);
    expect(operations.filter((path) => path === '/verify-payment')).toHaveLength(32);

    release(json({ status: '1', token: 'T', amount: 5 }));
    for (const answer of await Promise.all(verified)) expect(answer).toEqual({ kind: 'amount', amount: 5 });
    for (const answer of await Promise.all([...answers.slice(0, 96), ...waiting])) {
      expect(answer).toEqual({ kind: 'token', token: 'T' });
    }
    expect(gateway.calls).toHaveLength(96 + 36 + 4);
    expect(new Set(gateway.calls.map(({ port }) => port)).size).toBeLessThanOrEqual(128);
    // Waiting verify calls went before waiting token calls.
    const later = gateway.calls.slice(128, 132).map(({ path }) => path);
    expect(later).toEqual(Array(4).fill('/verify-payment'));
  });

  test('that answers serves a thousand buyers who come at once', async () => {
    gateway.answers(json({ status: '1', token: 'T' }));
    const answers = await Promise.all(Array.from({ length: 1_000 }, () => getToken()));
    for (const answer of answers) expect(answer).toEqual({ kind: 'token', token: 'T' });
    expect(new Set(gateway.calls.map(({ port }) => port)).size).toBeLessThanOrEqual(96);
  });

  test('that hangs does not get a call whose time went by while it waited', async () => {
    const { arrived, release } = held();
    const first = Array.from({ length: 128 }, verify);
    await arrived(128);
    const answer = await client.verifyPayment({ referenceNumber: 'R' }, { timeout: 50 });
    expect(answer).toMatchObject({
      kind: 'unanswered',
      error: { message: expect.stringContaining('verify-payment: it was not sent, since') as string },
    });
    release(json({ amount: 5 }));
    await Promise.all(first);
    expect(gateway.calls).toHaveLength(128);
  });
});
