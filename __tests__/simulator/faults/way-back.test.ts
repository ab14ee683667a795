import type { SimulatorFault } from '../../../lib/simulator';
import { Bench } from '../bench';
import { redirect, verify } from '../gateway';

let bench: Bench;

beforeEach(async () => {
  bench = await Bench.open();
});

afterEach(() => bench.close());

const strike = (fault: SimulatorFault) => bench.simulator.faults.add(fault);

describe('the way back', () => {
  const received = (field: string) => bench.shop.received.map(({ fields }) => fields[field]);

  it('twice: the callback comes twice, the same', async () => {
    strike({ on: 'callback', kind: 'twice' });
    const { referenceNumber } = await bench.pay();
    expect(received('referenceNumber')).toEqual([referenceNumber, referenceNumber]);
  });

  it('twice-at-once: the callback comes twice, without one waiting for the other', async () => {
    strike({ on: 'callback', kind: 'twice-at-once' });
    await bench.pay();
    while (bench.shop.received.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(bench.shop.received[0]?.fields).toEqual(bench.shop.received[1]?.fields);
  });

  it('late: the money is taken before the buyer comes back', async () => {
    const token = await bench.buy();
    strike({ on: 'callback', kind: 'late', ms: 300 });
    const paying = bench.simulator.pay(token);
    while (bench.simulator.ledger.find(token)?.status !== 'taken')
      await new Promise((resolve) => setTimeout(resolve, 5));
    expect(bench.shop.received).toEqual([]);
    await paying;
    expect(bench.shop.received).toHaveLength(1);
  });

  it('never: the money is taken and no callback comes', async () => {
    strike({ on: 'callback', kind: 'never' });
    const lost = await bench.pay();
    expect(lost.response).toEqual({ status: 0, headers: {}, body: '' });
    expect(bench.shop.received).toEqual([]);
    expect(bench.simulator.ledger.find(lost.invoiceNumber)?.status).toBe('taken');
    await lost.deliver();
    expect(received('referenceNumber')).toEqual([lost.referenceNumber]);
  });

  it('receipt-on-failure: a failure carries a receipt that nothing was paid for', async () => {
    strike({ on: 'callback', kind: 'receipt-on-failure' });
    const { callback, referenceNumber } = await bench.simulator.cancel(await bench.buy());
    expect(callback).toMatchObject({
      state: 'CanceledByUser',
      referenceNumber: expect.any(String) as string,
    });
    expect(referenceNumber).toBe('');
    expect((await verify(bench.simulator, String(callback.referenceNumber))).json).toMatchObject({
      errorCode: '22',
    });
  });

  it('foreign-receipt: the receipt is another payment’s', async () => {
    const first = await bench.pay();
    strike({ on: 'callback', kind: 'foreign-receipt' });
    const second = await bench.pay();
    expect(second.callback.referenceNumber).toBe(first.referenceNumber);
    expect(second.referenceNumber).not.toBe(first.referenceNumber);
    strike({ on: 'callback', kind: 'foreign-receipt', referenceNumber: 'x' });
    expect((await bench.pay()).callback.referenceNumber).toBe('x');
  });

  it('a fault strikes one way back once, however often the buyer clicks', async () => {
    const { location } = await redirect(bench.simulator, await bench.buy());
    strike({ on: 'callback', kind: 'foreign-receipt' });
    const first = await bench.simulator.pay(location);
    const second = await bench.simulator.pay(location);
    expect(second.callback).toEqual(first.callback);
    expect(first.callback.referenceNumber).not.toBe(first.referenceNumber);
  });

  it('status and fields: the words differ, several faults at once', async () => {
    strike({ on: 'callback', kind: 'status', status: '0' });
    strike({ on: 'callback', kind: 'fields', fields: { traceNumber: null, rrn: '', discount: '5' } });
    const { callback } = await bench.pay();
    expect(callback).toMatchObject({ state: 'OK', status: '0', rrn: '', discount: '5' });
    expect(callback).not.toHaveProperty('traceNumber');
    expect(bench.shop.received[0]?.fields).toEqual(callback);
  });
});
