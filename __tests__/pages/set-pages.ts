import type { Browser, BrowserContextOptions, Page as Tab } from 'playwright-core';
import { launchBrowser } from '../support/browser';
import { PHONE } from './gallery';
import { Site } from './site';

type Tabbed = BrowserContextOptions & { script?: boolean };

/** A site to show pages on, and a browser to look at them, for the suite that calls this. */
export function setPages(): { site: Site; tab: (options?: Tabbed) => Promise<[Tab, string[]]> } {
  const site = new Site();
  let browser: Browser;

  beforeAll(async () => {
    await site.open();
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    site.close();
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    site.pages.clear();
    site.documents.clear();
    site.posts.length = 0;
  });

  /** A tab of a phone that collects the browser's errors, policy violations among them. */
  async function tab({ script = true, ...options }: Tabbed = {}): Promise<[Tab, string[]]> {
    const context = await browser.newContext({ ...PHONE, ...options, javaScriptEnabled: script });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    return [page, complaints];
  }

  return { site, tab };
}
