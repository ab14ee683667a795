import { startSimulator, type Simulator } from '../../lib/simulator';
import { call, newToken, order, redirect, verify } from './gateway';
import { openShop, type Shop } from './shop';

let simulator: Simulator;
let shop: Shop;
let now: number;

beforeEach(async () => {
  now = 1_700_000_000_000;
  simulator = await startSimulator({ now: () => now });
  shop = await openShop();
});

afterEach(() => Promise.all([simulator.close(), shop.close()]));

const buy = (changes: Record<string, unknown> = {}) =>
  newToken(simulator, { redirectUrl: `${shop.url}/back`, ...changes });

it('follows a payment from its token to its verification', async () => {
  const settlement = [{ iban: `IR${'1'.repeat(24)}`, amount: 250_000 }];
  const token = await buy({ invoiceNumber: 'A', scatteredSettlementItems: settlement });
  expect(simulator.ledger.find(token)).toEqual({
    invoiceNumber: 'A',
    amount: 250_000,
    token,
    terminalId: simulator.terminalId,
    redirectUrl: `${shop.url}/back`,
    cellNumber: '09121234567',
    description: 'یک کتاب',
    settlement,
    status: 'token issued',
    issuedAt: now,
    expiresAt: now + 900_000,
    verifyCount: 0,
    referers: [],
    timeline: [{ at: now, note: 'A token was issued.' }],
  });

  now += 1_000;
  const { location } = await redirect(simulator, token);
  expect(simulator.ledger.find('A')).toMatchObject({ status: 'at bank', atBankAt: now });

  now += 1_000;
  const { referenceNumber } = await simulator.pay(location);
  expect(simulator.ledger.find(referenceNumber)).toMatchObject({
    status: 'taken',
    state: 'OK',
    takenAt: now,
  });

  now += 1_000;
  await verify(simulator, referenceNumber);
  const verifiedAt = now;
  now += 1_000;
  await verify(simulator, referenceNumber);
  expect(simulator.ledger.find('A')).toMatchObject({ status: 'verified', verifiedAt, verifyCount: 2 });
});

it('adds up taken, verified, returned and waiting money', async () => {
  const paid = [];
  for (const amount of [1, 10, 100]) paid.push(await simulator.pay(await buy({ amount })));
  await simulator.cancel(await buy({ amount: 1_000 }));
  await verify(simulator, String(paid[0]?.referenceNumber));
  now += 30 * 60_000;
  await simulator.pay(await buy({ amount: 10_000 }));

  expect(simulator.ledger.totals()).toEqual({
    payments: 5,
    taken: { count: 4, amount: 10_111 },
    verified: { count: 1, amount: 1 },
    returned: { count: 2, amount: 110 },
    unverified: { count: 1, amount: 10_000 },
  });
});

it('writes down every call with its answer, and never the key', async () => {
  const asked = order(simulator, { invoiceNumber: 'A', redirectUrl: `${shop.url}/back` });
  const token = String((await call(simulator, 'get-token', asked)).json['token']);
  const { referenceNumber, callback } = await simulator.pay(token);
  await verify(simulator, referenceNumber);
  await verify(simulator, referenceNumber, { apiKey: 'sesame' });

  expect(simulator.ledger.calls()).toMatchObject([
    {
      call: 'get-token',
      address: '127.0.0.1',
      fields: { ...asked, apiKey: 'te***' },
      answer: { status: 200 },
    },
    { call: 'redirect-to-gateway', fields: { token }, answer: { status: 302 }, invoiceNumber: 'A' },
    { call: 'callback', address: `${shop.url}/back`, fields: callback, answer: { status: 303 } },
    { call: 'verify-payment', answer: { body: '{"amount":250000.0}' }, invoiceNumber: 'A' },
    { call: 'verify-payment', fields: { apiKey: 'se***' }, invoiceNumber: 'A' },
  ]);
  expect(JSON.stringify(simulator.ledger.calls())).not.toMatch(/test-api-key|sesame/);
});

it('gives copies: a test cannot change the books', async () => {
  const token = await buy();
  const [payment] = simulator.ledger.payments();
  Object.assign(payment ?? {}, { status: 'verified' });
  payment?.referers.push('forged');
  simulator.ledger.calls().length = 0;
  expect(simulator.ledger.find(token)).toMatchObject({ status: 'token issued', referers: [] });
  expect(simulator.ledger.calls()).toHaveLength(1);
});

it('knows nothing of calls that were refused, but that they were made', async () => {
  await call(simulator, 'get-token', order(simulator, { amount: 0 }));
  expect(simulator.ledger.payments()).toEqual([]);
  expect(simulator.ledger.calls()).toHaveLength(1);
  expect(simulator.ledger.find('INV-1')).toBeUndefined();
});
