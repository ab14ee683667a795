import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const HOW = 'install Chromium, or set CHROMIUM_PATH to a Chromium or Chrome';

const executablePath = process.env['CHROMIUM_PATH'] ?? USUAL_PLACES.find((path) => existsSync(path));

/** `describe` for suites that need a browser. Where there is none they are left out, loudly; in CI that is a failure. */
export function describeInBrowser(name: string, suite: () => void): void {
  if (executablePath !== undefined || process.env['CI'] === 'true') describe(name, suite);
  else describe.skip(`${name} (left out: no browser was found; ${HOW})`, suite);
}

// One process draws all pages: starting one for every site visited costs more than the visits. The sites' knowledge of
// each other (cookies, referrers, policies) is not decided there.
const ONE_RENDERER = ['--renderer-process-limit=1', '--disable-site-isolation-trials'];

const FLAGS = [
  ...ONE_RENDERER,
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--no-proxy-server',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
  '--host-resolver-rules=MAP *.test 127.0.0.1',
];

/** Waits of a page have no limit, however busy the machine is: the limit of the test ends them. */
const NO_LIMIT = 0;

function withoutLimit<T extends BrowserContext | Page>(opened: T): T {
  opened.setDefaultTimeout(NO_LIMIT);
  return opened;
}

/** Starts the browser, for whom every `.test` name is this machine. */
export async function launchBrowser(): Promise<Browser> {
  if (executablePath === undefined) throw new Error(`No browser was found: ${HOW}.`);
  const browser = await chromium.launch({ executablePath, args: FLAGS, headless: true, timeout: NO_LIMIT });
  const newContext = browser.newContext.bind(browser);
  const newPage = browser.newPage.bind(browser);
  return Object.assign(browser, {
    newContext: async (...options: Parameters<typeof newContext>) =>
      withoutLimit(await newContext(...options)),
    newPage: async (...options: Parameters<typeof newPage>) => withoutLimit(await newPage(...options)),
  });
}
