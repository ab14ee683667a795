import type { SimulatorFault } from '../../../lib/simulator';
import { anOrder, CALL_TIMEOUT_MS, MINUTE } from '../../support/shop';
import { stateOf, Survival } from './survival';

let at: Survival;

beforeEach(async () => {
  at = await Survival.open();
});

afterEach(() => at.close());

describe('a shop whose get-token', () => {
  test.each<[string, SimulatorFault, string]>([
    ['is late but in time', { on: 'get-token', kind: 'delay', ms: 30 }, 'pending'],
    [
      'is answered too late',
      { on: 'get-token', kind: 'delay', ms: 2 * CALL_TIMEOUT_MS },
      'failed/GatewayUnavailable',
    ],
    ['is not answered', { on: 'get-token', kind: 'no-answer' }, 'failed/GatewayUnavailable'],
    ['is reset', { on: 'get-token', kind: 'reset' }, 'failed/GatewayUnavailable'],
    [
      'works, and the answer is cut off',
      { on: 'get-token', kind: 'answer-lost' },
      'failed/GatewayUnavailable',
    ],
    [
      'works, and the answer never comes',
      { on: 'get-token', kind: 'answer-lost', by: 'silence' },
      'failed/GatewayUnavailable',
    ],
    ['fails with HTML', { on: 'get-token', kind: 'http', status: 502 }, 'failed/GatewayUnavailable'],
    [
      'fails with JSON',
      { on: 'get-token', kind: 'http', status: 500, body: 'json' },
      'failed/GatewayUnavailable',
    ],
    [
      'fails with nothing',
      { on: 'get-token', kind: 'http', status: 503, body: 'empty' },
      'failed/GatewayUnavailable',
    ],
    [
      'refuses in JSON with a status of its own',
      { on: 'get-token', kind: 'http', status: 400, body: 'json' },
      'failed/GatewayUnavailable',
    ],
    ['answers garbage', { on: 'get-token', kind: 'garbage' }, 'failed/GatewayUnavailable'],
    ['answers half a JSON', { on: 'get-token', kind: 'truncated' }, 'failed/GatewayUnavailable'],
    [
      'breaks off in its answer',
      { on: 'get-token', kind: 'truncated', by: 'connection' },
      'failed/GatewayUnavailable',
    ],
    ['is refused', { on: 'get-token', kind: 'refuse', code: 7, message: 'نه' }, 'failed/TokenRefused'],
    ['does not know the key', { on: 'get-token', kind: 'refuse', reason: 'apiKey' }, 'failed/TokenRefused'],
    [
      'does not know the address',
      { on: 'get-token', kind: 'refuse', reason: 'address' },
      'failed/TokenRefused',
    ],
  ])(
    '%s has its payment as the design says, and the order can be paid at once',
    async (_name, fault, end) => {
      const order = anOrder();
      at.strike(fault);
      await at.atipay.start(order).catch(() => undefined);
      const [first] = await at.atipay.findByOrder(order.orderId);
      expect(stateOf(first)).toBe(end);

      await at.simulator.pay((await at.atipay.start(order)).url);
      expect(await at.atipay.findByOrder(order.orderId).then(([latest]) => stateOf(latest))).toBe('paid');
      expect(at.served()).toBe(1);
    },
  );
});

describe('a shop whose buyer does not get to the bank', () => {
  test.each<SimulatorFault>([
    { on: 'redirect-to-gateway', kind: 'delay', ms: 50 },
    { on: 'redirect-to-gateway', kind: 'no-answer' },
    { on: 'redirect-to-gateway', kind: 'reset' },
    { on: 'redirect-to-gateway', kind: 'answer-lost' },
    { on: 'redirect-to-gateway', kind: 'http', status: 500 },
    { on: 'redirect-to-gateway', kind: 'http', status: 403, body: 'json' },
    { on: 'redirect-to-gateway', kind: 'garbage' },
    { on: 'redirect-to-gateway', kind: 'truncated' },
  ])('waits for him, and then counts him as gone: %j', async (fault) => {
    const { payment, url } = await at.atipay.start(anOrder());
    at.strike(fault);
    const leaving = new AbortController();
    const going = fetch(`${at.simulator.url}/redirect-to-gateway`, {
      method: 'POST',
      body: new URLSearchParams({ token: (await at.shop.record(payment.invoiceNumber)).token ?? '' }),
      redirect: 'manual',
      signal: leaving.signal,
    })
      .then((response) => response.text())
      .catch(() => undefined);
    while (at.simulator.faults.list().length > 0) await new Promise(setImmediate);
    leaving.abort();
    await going;
    expect((await at.shop.get(new URL(url).pathname)).status).toBe(200);
    expect(await at.state(payment.invoiceNumber)).toBe('pending');

    await at.pass(70 * MINUTE);
    expect(await at.state(payment.invoiceNumber)).toBe('failed/Abandoned');
  });
});
