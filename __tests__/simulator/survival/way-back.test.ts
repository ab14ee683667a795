import type { SimulatorFault } from '../../../lib/simulator';
import { anOrder, HOUR, MINUTE } from '../../support/shop';
import { Survival } from './survival';

let at: Survival;

beforeEach(async () => {
  at = await Survival.open();
});

afterEach(() => at.close());

describe('a shop whose buyer comes back', () => {
  test.each<SimulatorFault>([
    { on: 'callback', kind: 'twice' },
    { on: 'callback', kind: 'twice-at-once' },
    { on: 'callback', kind: 'late', ms: 50 },
    { on: 'callback', kind: 'status', status: '' },
    { on: 'callback', kind: 'status', status: '0' },
    { on: 'callback', kind: 'fields', fields: { discount: '5', loyalty: '', rrn: null, maskedPan: null } },
  ])('in this way serves the order once: %j', async (fault) => {
    at.strike(fault);
    const paid = new Promise((resolve) =>
      at.atipay.events.on('transition', ({ to }) => to === 'paid' && resolve(to)),
    );
    const { invoiceNumber } = await at.simulator.pay(await at.checkout());
    await paid;
    expect(await at.state(invoiceNumber)).toBe('paid');
    await at.atipay.close(); // waits for the hook
    expect([at.simulator.ledger.find(invoiceNumber)?.verifyCount, at.served()]).toEqual([1, 1]);
  });

  it('never: the payment is abandoned and the money goes back', async () => {
    at.strike({ on: 'callback', kind: 'never' });
    const { invoiceNumber } = await at.simulator.pay(await at.checkout());
    expect(await at.state(invoiceNumber)).toBe('pending');
    await at.pass(70 * MINUTE);
    expect(await at.state(invoiceNumber)).toBe('failed/Abandoned');
    expect(at.ended(invoiceNumber)).toEqual(['returned', 0]);
  });

  it('after the payment was given up for lost: it stays failed, the hook is called, the money goes back', async () => {
    const { url } = await at.atipay.start(anOrder());
    const paid = await at.simulator.pay(url, { deliver: false });
    await at.pass(70 * MINUTE);
    await paid.deliver();
    expect(await at.state(paid.invoiceNumber)).toBe('failed/Abandoned');
    expect(at.shop.told('late')).toHaveLength(1);
    expect(at.ended(paid.invoiceNumber)).toEqual(['returned', 0]);
  });

  it.each<SimulatorFault>([
    { on: 'callback', kind: 'receipt-on-failure' },
    { on: 'callback', kind: 'fields', fields: { referenceNumber: null } },
  ])('with a failure counts as failed with its reason: %j', async (fault) => {
    at.strike(fault);
    const { invoiceNumber } = await at.simulator.cancel(await at.checkout());
    expect(await at.state(invoiceNumber)).toBe('failed/CanceledByUser');
    expect(at.ended(invoiceNumber)).toEqual(['cancelled', 0]);
  });

  it.each<SimulatorFault>([
    { on: 'callback', kind: 'fields', fields: { referenceNumber: null } },
    { on: 'callback', kind: 'fields', fields: { referenceNumber: 'a&#x2F;b' } },
    { on: 'callback', kind: 'fields', fields: { terminalId: '1' } },
  ])('with an OK that is none changes nothing, and the true one still pays: %j', async (fault) => {
    at.strike(fault);
    const back = await at.simulator.pay(await at.checkout());
    expect([await at.state(back.invoiceNumber), at.served()]).toEqual(['pending', 0]);
    const { terminalId, status, referenceNumber } = {
      ...back,
      status: '2',
      terminalId: at.simulator.terminalId,
    };
    await back.deliver({ terminalId, status, referenceNumber });
    expect([await at.state(back.invoiceNumber), at.served()]).toEqual(['paid', 1]);
  });

  it('with an OK, a receipt and another status is verified: the receipt decides', async () => {
    at.strike({ on: 'callback', kind: 'status', status: '3' });
    const { invoiceNumber } = await at.simulator.pay(await at.checkout());
    expect([await at.state(invoiceNumber), at.served()]).toEqual(['paid', 1]);
  });

  it('with another payment’s receipt changes nothing, and the right one still pays', async () => {
    const first = await at.simulator.pay(await at.checkout());
    at.strike({ on: 'callback', kind: 'foreign-receipt' });
    const second = await at.simulator.pay(await at.checkout());
    expect(await at.state(second.invoiceNumber)).toBe('pending');
    expect(at.shop.told('replay')).toHaveLength(1);

    await second.deliver({ referenceNumber: second.referenceNumber });
    expect([await at.state(first.invoiceNumber), await at.state(second.invoiceNumber)]).toEqual([
      'paid',
      'paid',
    ]);
    expect(at.served()).toBe(2);
  });

  it('with an invented receipt is refused by the gateway, and the money goes back', async () => {
    at.strike({ on: 'callback', kind: 'foreign-receipt', referenceNumber: 'invented/1' });
    const { invoiceNumber } = await at.simulator.pay(await at.checkout());
    expect(await at.state(invoiceNumber)).toBe('failed/VerificationRefused');
    await at.pass(HOUR);
    expect(at.ended(invoiceNumber)).toEqual(['returned', 0]);
  });
});
