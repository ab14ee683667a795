import type { SimulatorFault } from 'express-atipay/simulator';
import { startShop, stopShop, type StartedShop } from './getting-started-shop';
import { blocksOf, fileIn } from './markdown';
import { freePort, heard, Project, stop } from './project';

const project = new Project();

afterAll(() => project.remove());

const text = async (url: string, init: RequestInit = {}): Promise<string> => (await fetch(url, init)).text();
const form = (fields: Record<string, string>): RequestInit => ({
  method: 'POST',
  body: new URLSearchParams(fields),
  redirect: 'manual',
});

const SHOPS = ['shop.mjs', 'sqlite-shop.mjs'];

test.each(SHOPS)('README’s %s takes a payment from the simulator that npx starts', async (file) => {
  const { said } = await project.run(project.command('atipay-simulator'), {
    args: ['--port', '0'],
    until: /Ctrl\+C/,
  });
  const gateway = new URL(/gateway URL +(\S+)/.exec(said)?.[1] ?? '');
  const port = String(await freePort());
  const code = fileIn('README.md', file).replaceAll('3000', port).replaceAll('4400', gateway.port);
  project.write(file, code);
  const shop = `http://localhost:${port}`;
  await project.run(file, { until: new RegExp(`^${shop}$`, 'm') });

  expect(await text(shop)).toContain('<button name="orderId" value="1">');
  const payPage = await text(`${shop}/payment/pay`, form({ orderId: '1' }));
  const visit = await fetch(`${gateway.origin}/simulator/buyer`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ target: payPage }),
  });
  const { response } = (await visit.json()) as { response: { location: string } };
  expect(await text(response.location)).toContain('پرداخت با موفقیت انجام شد');
  expect(await text(shop)).toContain('Order 1: paid');
  expect((await fetch(`${shop}/payment/pay`, form({ orderId: '2' }))).status).toBe(404);
});

describe('the shop of getting started', () => {
  let started: StartedShop;
  beforeEach(async () => (started = await startShop(project)));
  afterEach(() => stopShop(started));

  test('lets the buyer try again after a failure, serves the paid order, and stops on request', async () => {
    const { simulator, url: shop, child } = started;
    const checkout = await fetch(`${shop}/checkout`, form({}));
    const headers = { Cookie: checkout.headers.get('Set-Cookie')?.split(';')[0] ?? '' };
    const failed = await simulator.fail(checkout.headers.get('Location') ?? '');
    const path = /url=(\/orders\/[\w-]+)/.exec(await text(failed.response.location ?? ''))?.[1] ?? '';
    expect(await text(shop + path, { headers })).toMatch(/is failed\..*<button name="orderId"/);
    expect((await fetch(shop + path)).status).toBe(404);

    const orderId = path.replace('/orders/', '');
    await simulator.pay(await text(`${shop}/payment/pay`, { ...form({ orderId }), headers }));
    expect(await text(shop + path, { headers })).toMatch(/is paid\. <\/form>/);
    expect(simulator.ledger.totals().verified).toEqual({ count: 1, amount: 890_000 });
    expect(await stop(child, 'SIGTERM')).toBe(0);
  });

  test('asks again in vain when the gateway fails as the page has it fail, and says so', async () => {
    const { simulator, url: shop, child } = started;
    const curl = blocksOf('docs/getting-started.md').find(({ code }) => code.startsWith('curl '))?.code ?? '';
    simulator.faults.add(JSON.parse(/-d '(.*)'/.exec(curl)?.[1] ?? '') as SimulatorFault);
    const log = heard(child, /verify-payment: HTTP status 503\.[\s\S]*attempt: 3/);
    const checkout = await fetch(`${shop}/checkout`, form({}));
    const { response } = await simulator.pay(checkout.headers.get('Location') ?? '');

    expect(await text(response.location ?? '')).toContain('پرداخت شما در حال تأیید است');
    expect(await log).toContain('AtiPay gave no usable answer to verify-payment: HTTP status 503.');
    expect(simulator.ledger.totals().verified.count).toBe(0);
  });
});
