import type { Simulator } from 'express-atipay/simulator';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { launchBrowser } from './browser';
import { Gateway, type Held } from './e2e-gateway';
import { Observer } from './e2e-observer';
import { openShop, type Shop, type ShopOptions } from './e2e-shop';
import { CERTIFICATE } from './tls';

/** Three sites foreign to each other and a browser: shop.test, mipg.test and bank.test, all over TLS. */
export interface Scene {
  /** The gateway and the bank of this test. */
  readonly simulator: Simulator;
  /** Opens a shop for this test. */
  shop(options?: ShopOptions): Promise<Shop>;
  /** A buyer's browser, for this test. */
  buyer(options?: BrowserContextOptions): Promise<Buyer>;
  /** From now on the gateway keeps silent on verify-payment. */
  holdVerify(): Held;
}

/** A browser with no past. */
export interface Buyer {
  context: BrowserContext;
  /** Its first tab. */
  page: Page;
  observer: Observer;
}

/** Sets the scene for the tests of a file: one browser, and a gateway for each test. */
export function setScene(): Scene {
  let browser: Browser | undefined;
  let gateway: Gateway | undefined;
  const closers: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  beforeEach(async () => {
    gateway = await Gateway.open(CERTIFICATE);
  });
  afterEach(async () => {
    await Promise.all([gateway?.close(), ...closers.splice(0).map((close) => close())]);
  });
  afterAll(() => browser?.close());

  return {
    get simulator() {
      return present(gateway).simulator;
    },
    shop: async (options) => {
      const { url, simulator } = present(gateway);
      const surroundings = {
        certificate: CERTIFICATE,
        gatewayUrl: url,
        apiKey: simulator.apiKey,
      };
      const shop = await openShop(surroundings, options);
      closers.push(() => shop.close());
      return shop;
    },
    buyer: async (options) => {
      const context = await present(browser).newContext({ ignoreHTTPSErrors: true, ...options });
      closers.push(() => context.close());
      const observer = await Observer.of(context);
      return { context, page: await context.newPage(), observer };
    },
    holdVerify: () => present(gateway).holdVerify(),
  };
}

function present<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('The scene is not set yet: use it inside a test.');
  return part;
}
