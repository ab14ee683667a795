import type { SimulatorFault } from '../../../lib/simulator';
import { Bench } from '../bench';
import { call, order, outcome, verify } from '../gateway';

let bench: Bench;

beforeEach(async () => {
  bench = await Bench.open();
});

afterEach(() => bench.close());

const strike = (fault: SimulatorFault) => bench.simulator.faults.add(fault);

describe('when a fault strikes', () => {
  const statuses = async (calls: number) => {
    const seen = [];
    for (let count = 0; count < calls; count += 1) {
      seen.push((await call(bench.simulator, 'get-token', order(bench.simulator))).status);
    }
    return seen;
  };

  it('once by default', async () => {
    strike({ on: 'get-token', kind: 'http', status: 500 });
    expect(await statuses(3)).toEqual([500, 200, 200]);
  });

  it('one a call, in the order they were set, with delays on top', async () => {
    strike({ on: 'get-token', kind: 'http', status: 500 });
    strike({ on: 'get-token', kind: 'delay', ms: 1 });
    strike({ on: 'get-token', kind: 'http', status: 503 });
    expect(await statuses(3)).toEqual([500, 503, 200]);
    expect(bench.simulator.ledger.calls().map(({ fault }) => fault)).toEqual([
      'http, delay',
      'http',
      undefined,
    ]);
  });

  it('a number of times, or always', async () => {
    strike({ on: 'get-token', kind: 'http', status: 500, times: 2 });
    expect(await statuses(3)).toEqual([500, 500, 200]);
    strike({ on: 'get-token', kind: 'http', status: 503, times: 'always' });
    expect(await statuses(4)).toEqual([503, 503, 503, 503]);
    expect(bench.simulator.faults.list()).toMatchObject([{ struck: 4 }]);
  });

  it('by chance, the same for the same seed', async () => {
    const run = async (seed: number) => {
      bench.simulator.faults.clear();
      strike({ on: 'get-token', kind: 'http', status: 500, probability: 0.5, seed });
      return statuses(40);
    };
    const first = await run(7);
    expect(await run(7)).toEqual(first);
    expect(await run(8)).not.toEqual(first);
    const hits = first.filter((status) => status === 500).length;
    expect(hits).toBeGreaterThan(10);
    expect(hits).toBeLessThan(30);
  });

  it('only on the payment it is meant for', async () => {
    const { referenceNumber } = await bench.simulator.pay(await bench.buy({ invoiceNumber: 'A' }));
    const other = await bench.simulator.pay(await bench.buy({ invoiceNumber: 'B' }));
    strike({ on: 'verify-payment', kind: 'refuse', match: { invoiceNumber: 'A' } });
    strike({ on: 'get-token', kind: 'refuse', match: { amount: 13 } });
    expect((await verify(bench.simulator, other.referenceNumber)).json).toEqual({ amount: 250_000 });
    expect((await verify(bench.simulator, referenceNumber)).json).toHaveProperty('errorCode');
    const bad = await call(bench.simulator, 'get-token', order(bench.simulator, { amount: 13 }));
    expect(bad.json).toHaveProperty('errorCode', '5');
  });

  it('until it is cleared, one or all', async () => {
    const { id } = strike({ on: 'get-token', kind: 'reset' });
    strike({ on: 'get-token', kind: 'http', status: 500 });
    bench.simulator.faults.clear(id);
    expect(await statuses(1)).toEqual([500]);
    strike({ on: 'get-token', kind: 'reset' });
    bench.simulator.faults.clear();
    expect(bench.simulator.faults.list()).toEqual([]);
    expect(await statuses(1)).toEqual([200]);
  });

  it('and the call says so in the books', async () => {
    strike({ on: 'get-token', kind: 'reset' });
    await outcome(call(bench.simulator, 'get-token', order(bench.simulator)));
    expect(bench.simulator.ledger.calls()).toMatchObject([
      { fault: 'reset', answer: { status: 0, body: '' } },
    ]);
  });
});

describe('a fault that makes no sense', () => {
  it.each([
    [{ kind: 'reset' }, /`on` is required/],
    [{ on: 'refund', kind: 'reset' }, /`on` must be one of \[get-token, redirect-to-gateway/],
    [{ on: 'callback', kind: 'reset' }, /on callback: `kind` must be one of \[twice, twice-at-once/],
    [{ on: 'get-token', kind: 'delay' }, /\(delay on get-token\): `ms` is required/],
    [{ on: 'get-token', kind: 'delay', ms: -1, tims: 2 }, /`ms` must be greater.*; `tims` is not allowed/],
    [{ on: 'get-token', kind: 'reset', probability: 2 }, /`probability` must be less than or equal to 1/],
    [{ on: 'get-token', kind: 'reset', match: { orderId: 'x' } }, /`match.orderId` is not allowed/],
    ['reset', /must be of type object/],
  ])('%j is refused by name', (fault, message) => {
    expect(() => strike(fault as SimulatorFault)).toThrow(message);
    expect(bench.simulator.faults.list()).toEqual([]);
  });
});
