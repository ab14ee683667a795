import { startSimulator, type Simulator } from '../../lib/simulator';
import { newToken, redirect } from './gateway';

let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator({ name: 'فروشگاه «گل» & <پسران>' });
});

afterEach(() => simulator.close());

const MARK = /شبیه‌ساز<\/strong> – پول واقعی جابه‌جا نمی‌شود/;

async function bankPage(changes: Record<string, unknown> = {}) {
  const { location } = await redirect(simulator, await newToken(simulator, changes));
  const response = await fetch(location);
  return { location, response, page: await response.text() };
}

const decide = (location: string, state: string) =>
  fetch(location, { method: 'POST', body: new URLSearchParams({ state }) });

it('the bank’s page shows the shop, the amount and the remaining time', async () => {
  const { page } = await bankPage({ amount: 1_250_000 });
  expect(page).toContain('۱٬۲۵۰٬۰۰۰');
  expect(page).toContain('۱۰۰۰۰۰۰۱');
  expect(page).toContain('shop.example');
  expect(page).toMatch(/role="timer" data-seconds="(900|899)"/);
});

it('the bank’s pages speak English when asked to, to the last one', async () => {
  const { location } = await bankPage({ amount: 1_250_000, description: 'A book' });
  const english = `${location}?lang=en`;
  const page = await (await fetch(english)).text();
  const paid = await (await decide(english, 'OK')).text();
  for (const screen of [page, paid]) {
    expect(screen).toContain('<html lang="en" dir="ltr">');
    expect(screen).toContain('1,250,000 <small>Rials');
    expect(screen).toMatch(MARK);
  }
  expect(
    page.replace(/<header[^]*<\/header>|فروشگاه «گل»[^<]*|<a [^]*?<\/a>|<script[^]*<\/script>/g, ''),
  ).not.toMatch(/[\u0600-\u06FF]/);
});

it('every screen says that no money moves', async () => {
  const { location, page } = await bankPage();
  const paid = await (await decide(location, 'OK')).text();
  const unknown = await (await fetch(`${simulator.origin}/bank/nobody`)).text();
  const control = await (await fetch(simulator.controlUrl, { headers: { Accept: 'text/html' } })).text();
  for (const screen of [page, paid, unknown, control]) expect(screen).toMatch(MARK);
});

it('the shop’s requests are shown as text', async () => {
  const { location, page } = await bankPage({
    description: '<script>alert(1)</script>',
    invoiceNumber: '"><img src=x>',
    redirectUrl: 'https://shop.example/?a=1&b="><script>alert(2)</script>',
  });
  const paid = await (await decide(location, 'OK')).text();
  const control = await fetch(simulator.controlUrl, { headers: { Accept: 'text/html' } });
  for (const screen of [page, paid, await control.text()]) {
    expect(screen).not.toMatch(/<img|<script>alert/);
  }
  expect(page).toContain('فروشگاه «گل» &amp; &lt;پسران&gt;');
});

it('its policy allows nothing but its style and script, and a form to any shop', async () => {
  const { response } = await bankPage();
  const policy = String(response.headers.get('Content-Security-Policy'));
  expect(policy).toMatch(
    /^default-src 'none'; style-src 'nonce-[\w-]+'; script-src 'nonce-[\w-]+'; base-uri 'none'; frame-ancestors 'none'$/,
  );
  expect(response.headers.get('Cache-Control')).toBe('no-store');
});

it('without JavaScript the page reloads when the buyer’s time is over', async () => {
  const { page } = await bankPage();
  expect(page).toMatch(/<noscript><meta http-equiv="refresh" content="\d+" \/><\/noscript>/);
});

it('a state that Table 1 does not have is refused, and decides nothing', async () => {
  const { location } = await bankPage();
  expect((await decide(location, 'Refunded')).status).toBe(400);
  expect(simulator.ledger.payments()[0]?.status).toBe('at bank');
});

it('an unknown session is not found', async () => {
  expect((await fetch(`${simulator.origin}/bank/nobody`)).status).toBe(404);
  expect((await decide(`${simulator.origin}/bank/nobody`, 'OK')).status).toBe(404);
});
