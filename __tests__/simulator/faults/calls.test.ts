import type { SimulatorFault } from '../../../lib/simulator';
import { Bench } from '../bench';
import { call, order, outcome, redirect, staysSilent, verify } from '../gateway';

let bench: Bench;

beforeEach(async () => {
  bench = await Bench.open();
});

afterEach(() => bench.close());

const strike = (fault: SimulatorFault) => bench.simulator.faults.add(fault);

describe('faults of a call', () => {
  it('no-answer: the connection stays silent, and nothing happens', async () => {
    const { referenceNumber } = await bench.pay();
    strike({ on: 'verify-payment', kind: 'no-answer' });
    expect(await staysSilent(bench.simulator, () => verify(bench.simulator, referenceNumber))).toBe(true);
    expect(bench.simulator.ledger.find(referenceNumber)?.status).toBe('taken');
  });

  it('reset: the connection breaks, and nothing happens', async () => {
    strike({ on: 'get-token', kind: 'reset' });
    expect(await outcome(call(bench.simulator, 'get-token', order(bench.simulator)))).toBe('reset');
    expect(bench.simulator.ledger.payments()).toEqual([]);
  });

  it('answer-lost: it happens, and no answer comes', async () => {
    const first = await bench.pay();
    const second = await bench.pay();
    strike({ on: 'verify-payment', kind: 'answer-lost' });
    strike({ on: 'verify-payment', kind: 'answer-lost', by: 'silence' });
    expect(await outcome(verify(bench.simulator, first.referenceNumber))).toBe('reset');
    expect(await staysSilent(bench.simulator, () => verify(bench.simulator, second.referenceNumber))).toBe(
      true,
    );
    expect(bench.simulator.ledger.totals().verified.count).toBe(2);
  });

  it('delay: it happens at once, and is answered late', async () => {
    const { referenceNumber } = await bench.pay();
    strike({ on: 'verify-payment', kind: 'delay', ms: 400 });
    let answered = false;
    const answer = verify(bench.simulator, referenceNumber).finally(() => (answered = true));
    while (bench.simulator.ledger.find(referenceNumber)?.status !== 'verified')
      await new Promise(setImmediate);
    expect(answered).toBe(false);
    expect((await answer).json).toEqual({ amount: 250_000 });
  });

  it.each([
    [503, undefined, /^<html>/],
    [500, 'html', /^<html>/],
    [403, 'json', /^\{"status":403,/],
    [502, 'empty', /^$/],
  ] as const)('http %s with %s: nothing happens', async (status, body, text) => {
    const { referenceNumber } = await bench.pay();
    strike({ on: 'verify-payment', kind: 'http', status, ...(body && { body }) });
    expect(await verify(bench.simulator, referenceNumber)).toMatchObject({
      status,
      text: expect.stringMatching(text) as string,
    });
    expect(bench.simulator.ledger.find(referenceNumber)?.status).toBe('taken');
  });

  it('garbage and truncated: it happens, and the answer cannot be read', async () => {
    const { referenceNumber } = await bench.pay();
    for (const fault of [{ kind: 'garbage' }, { kind: 'truncated' }] as const) {
      strike({ on: 'verify-payment', ...fault });
      const { status, text } = await verify(bench.simulator, referenceNumber);
      expect(status).toBe(200);
      expect(() => JSON.parse(text) as unknown).toThrow();
    }
    strike({ on: 'verify-payment', kind: 'truncated', by: 'connection' });
    await expect(verify(bench.simulator, referenceNumber)).rejects.toThrow('terminated');
    expect(bench.simulator.ledger.find(referenceNumber)?.verifyCount).toBe(3);
  });

  it('strikes redirect-to-gateway too', async () => {
    const token = await bench.buy();
    strike({ on: 'redirect-to-gateway', kind: 'http', status: 500 });
    expect(await redirect(bench.simulator, token)).toMatchObject({ status: 500, location: '' });
    expect((await redirect(bench.simulator, token)).status).toBe(302);
  });
});

describe('refusals', () => {
  it.each([
    [{}, { errorCode: '5' }],
    [{ reason: 'apiKey' }, { errorCode: '20' }],
    [{ reason: 'address' }, { errorCode: '8' }],
    [
      { code: -104, message: 'ترمینال غیرفعال است' },
      { errorCode: '-104', faMessage: 'ترمینال غیرفعال است' },
    ],
  ] as const)('verify-payment says no (%j)', async (fault, answer) => {
    const { referenceNumber } = await bench.pay();
    strike({ on: 'verify-payment', kind: 'refuse', ...fault });
    expect((await verify(bench.simulator, referenceNumber)).json).toMatchObject(answer);
    expect(bench.simulator.ledger.find(referenceNumber)?.status).toBe('taken');
  });

  it('get-token says no', async () => {
    strike({ on: 'get-token', kind: 'refuse', code: 99 });
    expect((await call(bench.simulator, 'get-token', order(bench.simulator))).json).toMatchObject({
      status: '99',
      token: null,
    });
  });
});

describe('amounts', () => {
  it.each([
    [{ amount: 100 }, '{"amount":100.0}', 'verified'],
    [{ amount: 250_000.5 }, '{"amount":250000.5}', 'verified'],
    [{ as: 'integer' }, '{"amount":250000}', 'verified'],
    [{ as: 'string' }, '{"amount":"250000"}', 'verified'],
    [{ amount: 0 }, '{"amount":0.0}', 'taken'],
    [{ amount: -6, as: 'integer' }, '{"amount":-6}', 'taken'],
    [{ as: 'missing' }, '{}', 'taken'],
  ] as const)('verify-payment answers %j', async (fault, text, status) => {
    const { referenceNumber } = await bench.pay();
    strike({ on: 'verify-payment', kind: 'amount', ...fault });
    expect((await verify(bench.simulator, referenceNumber)).text).toBe(text);
    expect(bench.simulator.ledger.find(referenceNumber)?.status).toBe(status);
  });

  it('a receipt that is refused anyway stays refused', async () => {
    strike({ on: 'verify-payment', kind: 'amount', amount: 5 });
    expect((await verify(bench.simulator, 'unknown')).json).toMatchObject({ errorCode: '22' });
  });
});
