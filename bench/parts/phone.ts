import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { launchBrowser } from '../../__tests__/support/browser';
import { compare, type Row } from '../measure/row';
import type { BuyerRequest } from '../shop/plan';
import { inTurn } from '../world/rounds';
import type { Shop } from '../world/shop';
import type { Stage } from '../world/stage';

/** A cheap phone on 3G: bytes a second and milliseconds, as browsers' own tools have them. */
const NETWORK = { offline: false, downloadThroughput: 93_750, uploadThroughput: 31_250, latency: 100 };
const PROCESSOR_SLOWDOWN = 4;

/** The page that leads to the gateway, in a browser slowed down to a cheap phone, beside the textbook's. */
export async function phone(stage: Stage): Promise<Row[]> {
  const shops = await Promise.all([stage.shop('ours', 'memory'), stage.shop('textbook', 'memory')]);
  const browser = await launchBrowser();
  try {
    const rounds = stage.options.quick ? 1 : 7;
    const head = { part: 'phone', what: '/pay, processor a quarter, 3G' };
    const rows: Row[] = [];
    for (const { measure, unit, of } of MEASURES) {
      const [ours = [], textbook = []] = await inTurn(
        rounds,
        shops.map((shop) => () => of(shop, browser)),
      );
      const sides = [
        { name: 'ours', values: ours },
        { name: 'textbook', values: textbook },
      ] as const;
      rows.push(compare({ ...head, measure, unit }, ...sides, LEVEL));
    }
    return rows;
  } finally {
    await browser.close();
    for (const shop of shops) await shop.end();
  }
}

const LEVEL = { of: 'ratio', atMost: 1 } as const;

const MEASURES = [
  { measure: 'answer', unit: 'bytes', of: bytesOf },
  { measure: 'time to submit', unit: 'ms', of: timeToSubmit },
] as const;

/** Bytes of the answer, head and body. */
async function bytesOf(shop: Shop): Promise<number> {
  const [asked] = await shop.prepare('pay', 1);
  const { method, path, headers, body } = asked ?? {};
  const request = httpRequest({ port: shop.child.port, method, path, headers, agent: false }).end(body);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  await once(response.resume(), 'end');
  return response.socket.bytesRead;
}

/** Milliseconds from the buyer's click in the shop to the browser's request to the gateway. */
async function timeToSubmit(shop: Shop, browser: Browser): Promise<number> {
  const [request] = await shop.prepare('pay', 1);
  const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
  const session = await page.context().newCDPSession(page);
  try {
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', NETWORK);
    await session.send('Emulation.setCPUThrottlingRate', { rate: PROCESSOR_SLOWDOWN });
    const seen = watch(session);
    await post(page, shop.child.port, request);
    return await seen;
  } finally {
    await page.close();
  }
}

/** Resolves when the browser asks for the gateway's page, with the time since its first request. */
function watch(session: CDPSession): Promise<number> {
  return new Promise((resolve) => {
    let began: number | undefined;
    session.on('Network.requestWillBeSent', ({ request: { url }, timestamp }) => {
      began ??= timestamp;
      if (url.endsWith('/redirect-to-gateway')) resolve((timestamp - began) * 1_000);
    });
  });
}

/** Sends a buyer's form as a page of the shop would. */
async function post(page: Page, port: number, request: BuyerRequest | undefined): Promise<void> {
  const fields = [...new URLSearchParams(request?.body)]
    .map(([name, value]) => `<input name="${name}" value="${value}">`)
    .join('');
  await page.setContent(
    `<form method="post" action="http://127.0.0.1:${port}${request?.path}">${fields}</form>`,
  );
  await page.evaluate('document.forms[0].submit()');
}
