import { startSimulator, type BuyerResult, type Simulator, type SimulatorPayment } from '../../lib/simulator';
import { readForms } from '../../lib/simulator/forms';
import { call, newToken, order, verify } from './gateway';
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

const page = async (path = '') => {
  const response = await fetch(simulator.controlUrl + path, { headers: { Accept: 'text/html' } });
  return { status: response.status, text: await response.text() };
};

/** Submits a form of the control page, as a browser would. */
const submit = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(simulator.controlUrl + path, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { Accept: 'text/html', ...headers },
    redirect: 'manual',
  });

type Json = Partial<BuyerResult> & { payment?: SimulatorPayment; calls?: unknown[]; now?: number };

/** Calls that a program in any language could make. */
async function ask(method: string, path: string, body?: unknown): Promise<{ status: number; json: Json }> {
  const response = await fetch(simulator.controlUrl + path, {
    method,
    ...(body !== undefined && {
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  return { status: response.status, json: (await response.json()) as Json };
}

describe('as pages', () => {
  it('lists payments and calls, and shows one payment as a timeline, without the key', async () => {
    const { invoiceNumber, referenceNumber } = await simulator.pay(await buy());
    await verify(simulator, referenceNumber);
    await call(simulator, 'get-token', order(simulator, { apiKey: 'sesame-open' }));

    const overview = await page();
    const one = await page(`/payments/${simulator.ledger.find(invoiceNumber)?.token ?? ''}`);

    expect(overview.text).toContain(`>${invoiceNumber}</bdi>`);
    expect(overview.text).toMatch(/tag verified/);
    expect(one.text).toMatch(/A token was issued[^]*is at the bank[^]*has paid[^]*Verified/);
    expect(one.text).toContain('{&quot;amount&quot;:250000.0}');
    expect(overview.text + one.text).not.toMatch(/test-api-key|sesame-open/);
  });

  it('moves the clock', async () => {
    const { invoiceNumber } = await simulator.pay(await buy());
    const answer = await submit('/clock', { ms: '1800000' });
    expect([answer.status, answer.headers.get('Location')]).toEqual([303, '/simulator']);
    expect(simulator.ledger.find(invoiceNumber)?.status).toBe('returned');
  });

  it('sets a fault, shows it, and clears it', async () => {
    const empty = { ms: '', message: '', as: '', times: '' };
    await submit('/faults', { ...empty, target: 'verify-payment amount', amount: '5', invoiceNumber: 'A' });
    await submit('/faults', { ...empty, target: 'get-token http', status: '500', times: 'always' });
    await submit('/faults', { ...empty, target: 'callback status', status: '0', times: '2' });
    await submit('/faults', { ...empty, target: 'callback fields', fields: '{"rrn":null}' });

    const faults = simulator.faults.list();
    expect(faults.map(({ fault }) => fault)).toEqual([
      { on: 'verify-payment', kind: 'amount', amount: 5, match: { invoiceNumber: 'A' } },
      { on: 'get-token', kind: 'http', status: 500, times: 'always' },
      { on: 'callback', kind: 'status', status: '0', times: 2 },
      { on: 'callback', kind: 'fields', fields: { rrn: null } },
    ]);
    expect((await page()).text).toContain('&quot;status&quot;:500');

    await submit('/faults/clear', { id: String(faults[0]?.id) });
    expect(simulator.faults.list()).toHaveLength(3);
    await submit('/faults/clear', {});
    expect(simulator.faults.list()).toEqual([]);
  });

  it('names the status of a payment in the language of the page', async () => {
    await buy();
    expect((await page()).text).toContain('<span class="tag token-issued">token issued</span>');
    expect((await page('?lang=fa')).text).toContain('<span class="tag token-issued">توکن صادر شد</span>');
  });

  it('sets each fault that matters by its button, and stays in its language', async () => {
    const { text } = await page('?lang=fa');
    expect(text).toContain('<html lang="fa" dir="rtl">');
    const forms = readForms(text).filter(({ fields }) => 'target' in fields);
    for (const { action, fields } of forms) {
      const answer = await fetch(simulator.origin + action, {
        method: 'POST',
        body: new URLSearchParams(fields),
        redirect: 'manual',
      });
      expect(answer.headers.get('Location')).toBe('/simulator?lang=fa');
    }
    expect(simulator.faults.list().map(({ fault }) => fault)).toEqual([
      { on: 'verify-payment', kind: 'answer-lost' },
      { on: 'verify-payment', kind: 'http', status: 503, times: 3 },
      { on: 'verify-payment', kind: 'amount', amount: 1 },
      { on: 'callback', kind: 'twice' },
      { on: 'callback', kind: 'never' },
      { on: 'verify-payment', kind: 'delay', ms: 20_000 },
    ]);
  });

  it('lists payments page by page, the newest first, each once', async () => {
    for (let count = 0; count < 120; count += 1) await buy();
    const all = simulator.ledger.payments().map(({ token }) => token);
    const seen: string[] = [];
    let path: string | undefined = '';
    for (let pages = 0; path !== undefined && pages < 4; pages += 1) {
      const { text: shown }: { text: string } = await page(path);
      seen.push(
        ...[...shown.matchAll(/href="\/simulator\/payments\/(\w+)"/g)].map(([, token = '']) => token),
      );
      path = /href="\/simulator(\?before=\w+)"/.exec(shown)?.[1];
    }
    expect(seen).toEqual(all.toReversed());
    expect((await page('?before=unknown')).text).toContain(`/payments/${all.at(-1)}`);
  });

  it('sends a callback again', async () => {
    const { callback, invoiceNumber } = await simulator.pay(await buy(), { deliver: false });
    const answer = await submit(`/payments/${invoiceNumber}/callback`, {});
    expect(answer.headers.get('Location')).toBe(`/simulator/payments/${invoiceNumber}`);
    expect(shop.received.map(({ fields }) => fields)).toEqual([callback]);
  });

  it('says what was wrong', async () => {
    const answer = await submit('/faults', { target: 'get-token delay' });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('`ms` is required');
    expect(await (await submit('/faults', { target: 'callback fields', fields: '{' })).text()).toContain(
      'JSON object',
    );
    expect((await page('/payments/unknown')).status).toBe(404);
  });

  it('is not controlled by a page of another site', async () => {
    const answer = await submit('/faults/clear', {}, { Origin: 'https://evil.test' });
    expect(answer.status).toBe(403);
    expect((await submit('/faults/clear', {}, { Origin: 'null' })).status).toBe(403);
    expect((await submit('/faults/clear', {}, { Origin: simulator.origin })).status).toBe(303);
  });
});

describe('as JSON, for tests in any language', () => {
  it('tells the books', async () => {
    const { referenceNumber, invoiceNumber } = await simulator.pay(await buy());
    const overview = await ask('GET', '');
    const one = await ask('GET', `/payments/${invoiceNumber}`);
    const byReceipt = await ask('GET', `/payments/${encodeURIComponent(referenceNumber)}`);

    expect(overview.json).toMatchObject({
      url: simulator.url,
      totals: simulator.ledger.totals(),
      payments: simulator.ledger.payments(),
    });
    expect(one.json.payment).toEqual(simulator.ledger.find(invoiceNumber));
    expect(one.json.calls).toHaveLength(3);
    expect(byReceipt.json).toEqual(one.json);
    expect((await ask('GET', '/calls')).json).toEqual(simulator.ledger.calls());
  });

  it('moves the clock', async () => {
    const before = simulator.now();
    const { json } = await ask('POST', '/clock', { ms: 3_600_000 });
    expect(json.now).toBeGreaterThanOrEqual(before + 3_600_000);
    expect(await ask('POST', '/clock', { ms: -1 })).toMatchObject({ status: 400 });
    expect(await ask('POST', '/clock')).toMatchObject({ status: 400 });
  });

  it('sets, lists and clears faults', async () => {
    const fault = { on: 'verify-payment', kind: 'answer-lost', times: 2 };
    const set = await ask('POST', '/faults', fault);
    expect(set.json).toEqual({ id: 1, fault, struck: 0 });
    expect((await ask('GET', '/faults')).json).toEqual([set.json]);
    expect((await ask('DELETE', '/faults/1')).json).toEqual([]);
    await ask('POST', '/faults', fault);
    expect((await ask('DELETE', '/faults')).json).toEqual([]);
    expect(await ask('POST', '/faults', { on: 'verify-payment', kind: 'rest' })).toEqual({
      status: 400,
      json: { error: expect.stringContaining('`kind` must be one of [delay') as string },
    });
  });

  it('sends a buyer to the bank', async () => {
    const token = await buy();
    const { json } = await ask('POST', '/buyer', {
      target: token,
      times: 2,
      fields: { extra: '1' },
    });
    expect(json).toMatchObject({ callback: { state: 'OK', extra: '1' }, response: { status: 303 } });
    expect(shop.received).toHaveLength(2);
    const cancelled = await ask('POST', '/buyer', {
      target: await buy(),
      state: 'CanceledByUser',
    });
    expect(cancelled.json.callback?.status).toBe('1');
    expect(await ask('POST', '/buyer', { target: token })).toMatchObject({ status: 400 });
    expect(await ask('POST', '/buyer', { state: 'Paid' })).toMatchObject({
      status: 400,
      json: { error: expect.stringContaining('`target` is required') as string },
    });
  });

  it('says so when JSON cannot be read, or a callback is not due', async () => {
    const broken = await fetch(`${simulator.controlUrl}/faults`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{',
    });
    expect(broken.status).toBe(400);
    const token = await buy();
    expect(await ask('POST', `/payments/${token}/callback`)).toMatchObject({ status: 400 });
    expect(await ask('GET', '/payments/nobody')).toMatchObject({ status: 404 });
  });
});
