import { startSimulator, type Simulator } from '../../lib/simulator';
import { newToken, verify } from './gateway';
import { openShop, type Shop } from './shop';

let simulator: Simulator;
let shop: Shop;

beforeEach(async () => {
  simulator = await startSimulator();
  shop = await openShop();
});

afterEach(() => Promise.all([simulator.close(), shop.close()]));

const buy = (changes: Record<string, unknown> = {}) =>
  newToken(simulator, { redirectUrl: `${shop.url}/back`, ...changes });

const formFor = (token: string, action = `${simulator.url}/redirect-to-gateway`) =>
  `<form method='post' action="${action}"><input value="${token}" name=token type="hidden"></form>`;

describe('a buyer who pays', () => {
  it('goes from the shop’s page to the bank and back with a receipt that verifies', async () => {
    const page = shop.page('/pay', `<form action="/search"><input name="q"></form>${formFor(await buy())}`);

    const paid = await simulator.pay(page);

    expect(paid.response).toMatchObject({
      status: 303,
      location: `${shop.url}/result?of=payment`,
      body: 'moved',
    });
    expect(paid.response.headers['x-shop']).toBe('yes');
    expect(shop.received).toHaveLength(1);
    expect(shop.received[0]?.fields).toEqual(paid.callback);
    expect(paid.callback).toEqual({
      state: 'OK',
      status: '2',
      reservationNumber: paid.invoiceNumber,
      terminalId: simulator.terminalId,
      referenceNumber: paid.referenceNumber,
      traceNumber: expect.stringMatching(/^\d{6}$/) as string,
      rrn: expect.stringMatching(/^\d{12}$/) as string,
      maskedPan: '999999******9999',
    });
    expect((await verify(simulator, paid.referenceNumber)).text).toBe('{"amount":250000.0}');
  });

  it('has a receipt of 50 characters, one of them a slash', async () => {
    const { referenceNumber } = await simulator.pay(await buy());
    expect(referenceNumber).toMatch(/^[A-Za-z0-9+/]{50}$/);
    expect(referenceNumber).toContain('/');
  });

  it('comes from the bank’s origin, without the shop’s cookies', async () => {
    await simulator.pay(await buy());
    expect(shop.received[0]?.headers).toMatchObject({
      origin: `http://localhost:${simulator.port}`,
      referer: `http://localhost:${simulator.port}/`,
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'cross-site',
    });
    expect(shop.received[0]?.headers.cookie).toBeUndefined();
  });

  it('can start from the shop’s HTML, or from the bank’s page', async () => {
    const first = await simulator.pay(formFor(await buy()));
    const answer = await fetch(`${simulator.url}/redirect-to-gateway`, {
      method: 'POST',
      body: new URLSearchParams({ token: await buy() }),
      redirect: 'manual',
    });
    const second = await simulator.pay(String(answer.headers.get('Location')));
    expect([first.callback.state, second.callback.state]).toEqual(['OK', 'OK']);
  });

  it('can come back later, or several times, or with other fields', async () => {
    const paid = await simulator.pay(await buy(), { deliver: false });
    expect(paid.response.status).toBe(0);
    expect(shop.received).toHaveLength(0);

    await paid.deliver();
    await paid.deliver({ referenceNumber: 'another', status: undefined });
    const twice = await simulator.pay(await buy(), { times: 2, fields: { extra: 'yes' } });

    expect(shop.received.map(({ fields }) => fields['referenceNumber'])).toEqual([
      paid.referenceNumber,
      'another',
      twice.referenceNumber,
      twice.referenceNumber,
    ]);
    expect(shop.received[1]?.fields).not.toHaveProperty('status');
    expect(shop.received[3]?.fields['extra']).toBe('yes');
    expect(twice.responses).toHaveLength(2);
  });

  it('sends the gateway a referrer as the page’s Referrer-Policy allows', async () => {
    const send = async (headers: Record<string, string>) => {
      const token = await buy();
      await simulator.pay(shop.page(`/pay/${token}`, formFor(token), headers));
      return simulator.ledger.find(token)?.referers;
    };
    expect(await send({})).toEqual([`${shop.url}/`]);
    expect(await send({ 'Referrer-Policy': 'origin' })).toEqual([`${shop.url}/`]);
    expect(await send({ 'Referrer-Policy': 'no-referrer' })).toEqual(['']);
  });
});

describe('a buyer who does not pay', () => {
  it.each([
    ['CanceledByUser', '1', 'cancelled'],
    ['Failed', '3', 'failed'],
    ['SessionIsNull', '4', 'expired'],
    ['InvalidParameters', '5', 'failed'],
    ['MerchantIpAddressIsInvalid', '8', 'failed'],
    ['TokenNotFound', '10', 'failed'],
    ['TokenRequired', '11', 'failed'],
    ['TerminalNotFound', '12', 'failed'],
  ] as const)('comes back with %s (%s) and without a receipt', async (state, status, booked) => {
    const { callback, invoiceNumber, referenceNumber } = await simulator.finish(await buy(), { state });
    expect(callback).toEqual({
      state,
      status,
      reservationNumber: invoiceNumber,
      terminalId: simulator.terminalId,
    });
    expect(referenceNumber).toBe('');
    expect(simulator.ledger.find(invoiceNumber)?.status).toBe(booked);
  });

  it('cancels and fails by name', async () => {
    expect((await simulator.cancel(await buy())).callback.state).toBe('CanceledByUser');
    expect((await simulator.fail(await buy())).callback.state).toBe('Failed');
  });
});

describe('a buyer who cannot get to the bank', () => {
  it('says so when the page has no payment form', async () => {
    const page = shop.page('/pay', '<h1>Sorry</h1>');
    await expect(simulator.pay(page)).rejects.toThrow(/has no form with a field "token".*<h1>Sorry/);
  });

  it('says so when the form leads to another gateway', async () => {
    const page = formFor('f'.repeat(32), 'https://mipg.atipay.net/v1/redirect-to-gateway');
    await expect(simulator.pay(page)).rejects.toThrow(`set the shop's gatewayUrl to ${simulator.url}`);
  });

  it.each([
    ["form-action 'self'", 'the gateway'],
    ["default-src 'none'; form-action 'none'", 'the gateway'],
    ['form-action https:', 'the gateway'],
    ['form-action http://127.0.0.1', 'the gateway'],
    ['form-action http://127.0.0.1:*', 'the bank the gateway leads to'],
    ['form-action *, form-action *.shop.test', 'the gateway'],
  ])('says so when the page’s policy %s would stop a browser', async (policy, what) => {
    const token = await buy();
    const page = shop.page('/pay', formFor(token), { 'Content-Security-Policy': policy });
    await expect(simulator.pay(page)).rejects.toThrow(`does not allow ${what}, http://`);
    expect(simulator.ledger.find(token)?.status).not.toBe('taken');
  });

  it.each([
    "default-src 'self'",
    'form-action *',
    'form-action http:',
    'Form-Action localhost:* 127.0.0.1:*/v1/',
  ])('the policy %s lets him through', async (policy) => {
    const page = shop.page('/pay', formFor(await buy()), { 'Content-Security-Policy': policy });
    expect((await simulator.pay(page)).callback.state).toBe('OK');
  });

  it('says so when the token is unknown, used or expired', async () => {
    await expect(simulator.pay('f'.repeat(32))).rejects.toThrow('TokenNotFound');
    const token = await buy();
    await simulator.pay(token);
    await expect(simulator.pay(token)).rejects.toThrow('TokenNotFound');
    const late = await buy();
    simulator.advance(15 * 60_000);
    await expect(simulator.pay(late)).rejects.toThrow('TokenNotFound');
  });

  it('cannot pay once the bank’s page has run out', async () => {
    const token = await buy();
    const answer = await fetch(`${simulator.url}/redirect-to-gateway`, {
      method: 'POST',
      body: new URLSearchParams({ token }),
      redirect: 'manual',
    });
    simulator.advance(15 * 60_000);
    await expect(simulator.pay(String(answer.headers.get('Location')))).rejects.toThrow(
      'it is SessionIsNull',
    );
    expect(simulator.ledger.find(token)?.status).toBe('expired');
  });
});
