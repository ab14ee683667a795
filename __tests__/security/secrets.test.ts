import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { CANARY_CARD, CANARY_KEY, type CanaryFindings } from '../support/canaries';
import { openShop } from '../support/opened';
import type { Reply } from '../support/scripted-gateway';
import { silenceUntil, timeLimits } from '../support/time-limits';
import { API_KEY } from '../support/shop';

afterEach(() => jest.restoreAllMocks());

const ROOT = join(__dirname, '../..');

/** Express and Knex print on request addresses and bindings: they are the shop's to switch on. */
const LIBRARIES = '*,-express*,-router*,-finalhandler*,-body-parser*,-knex*';

async function outputOf(script: string, args: string[] = [], DEBUG = '*'): Promise<string> {
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
    cwd: ROOT,
    env: { ...process.env, DEBUG, NODE_ENV: 'development' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  await new Promise((resolve) => child.on('close', resolve));
  return output;
}

test('the API key is in nothing a shop prints, shows or throws, on any behaviour of the gateway', async () => {
  const output = await outputOf('__tests__/support/canary-shop.ts');
  expect(output).toContain('CANARY RUN COMPLETE');
  // Texts that must be in the output, so that the search for the key means something.
  for (const sign of [
    'AtiPay refused a token',
    'gave no usable answer',
    'AmountMismatch',
    '[apiKey]',
    'pager is away',
  ]) {
    expect(output).toContain(sign);
  }
  expect(output).not.toContain(API_KEY);
});

describe('a shop on SQLite that meets every fault of the gateway, with hooks that throw and everything printed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'atipay-canary-'));
  let output = '';
  let findings: CanaryFindings = { rows: [], redirectPages: [] };
  let onDisk: Buffer = Buffer.alloc(0);

  beforeAll(async () => {
    const found = join(folder, 'findings.json');
    output = await outputOf('__tests__/support/canary-run.ts', [join(folder, 'shop.db'), found], LIBRARIES);
    findings = JSON.parse(readFileSync(found, 'utf8')) as CanaryFindings;
    const files = readdirSync(folder).filter((name) => name.startsWith('shop.db'));
    onDisk = Buffer.concat(files.map((name) => readFileSync(join(folder, name))));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const tokens = (): string[] => findings.rows.flatMap(({ token }) => token ?? []);
  const keys = (): string[] => findings.rows.map((row) => row.return_key);

  test('has seen all of it', () => {
    for (const sign of [
      ...[
        'CANARY RUN COMPLETE',
        '[apiKey]',
        'refused',
        'the hook is not well',
        'AmountMismatch',
        'HTTP status 503',
      ],
      ...['VerificationRefused', 'receiptMissing', 'otherInvoice', 'ECONNRESET', '603799******1230'],
    ]) {
      expect([sign, output.includes(sign)]).toEqual([sign, true]);
    }
    expect(tokens().length).toBeGreaterThan(40);
  });

  test('has its API key in no output, no page and no file', () => {
    expect(output).not.toContain(CANARY_KEY);
    expect(findings.redirectPages.join('\n')).not.toContain(CANARY_KEY);
    expect(onDisk.length).toBeGreaterThan(0);
    expect(onDisk.includes(CANARY_KEY)).toBe(false);
  });

  test('has a card number nowhere, but masked', () => {
    expect(output).not.toContain(CANARY_CARD);
    expect(onDisk.includes(CANARY_CARD)).toBe(false);
    expect(onDisk.includes('603799******1230')).toBe(true);
    const pans = findings.rows.flatMap((row) => row.masked_pan ?? []);
    expect(pans.length).toBeGreaterThan(10);
    for (const pan of pans) expect(pan).toMatch(/\*{4,}/);
  });

  test('has a token in the store and on the page that takes the buyer to the gateway, and nowhere else', () => {
    expect(tokens().filter((token) => output.includes(token))).toEqual([]);
    const pages = findings.redirectPages.join('\n');
    expect(tokens().filter((token) => pages.includes(token)).length).toBeGreaterThan(10);
  });

  test('has a return key in the store and in the payment’s addresses, and nowhere else', () => {
    expect(keys().length).toBeGreaterThan(40);
    expect(keys().filter((key) => output.includes(key))).toEqual([]);
  });
});

test('a router, its atipay and its client show no secret however they are printed', async () => {
  const shop = await openShop();
  const { token, returnKey, invoiceNumber } = await shop.started();
  const { record } = await shop.unanswered();
  const whole = {
    depth: Infinity,
    showHidden: true,
    getters: true,
    showProxy: true,
    maxStringLength: null,
  } as const;
  for (const what of [shop.router, shop.atipay, shop.atipay.client, shop.atipay.events, shop.router.stack]) {
    const printed = [inspect(what, whole)];
    try {
      printed.push(JSON.stringify(what));
    } catch {
      // Circular: there is no JSON of it.
    }
    for (const secret of [API_KEY, token ?? '', returnKey, record.returnKey, invoiceNumber]) {
      expect(printed.join('\n')).not.toContain(secret);
    }
  }
});

test('no event, log line, error or cause holds a key or a token', async () => {
  const shop = await openShop({ onSuccess: () => Promise.reject(new Error('away')) });
  const errors: unknown[] = [];
  const replies: Reply[] = [
    'reset',
    silenceUntil(timeLimits()),
    { status: 500, body: 'x' },
    { body: { errorCode: '1' } },
  ];
  for (const reply of replies) {
    shop.gateway.replies['get-token'].push(reply);
    await shop.atipay
      .start({ orderId: 'E', amount: 1, cellNumber: '09123456789' })
      .catch((e: unknown) => errors.push(e));
  }
  const { record } = await shop.unanswered();
  await shop.sweepAfter(60_000);
  const chain: unknown[] = [];
  for (let error: unknown = errors; error !== undefined; error = (error as Error).cause) chain.push(error);
  const everything = inspect([errors, chain, shop.logs, shop.events, shop.hooks], {
    depth: Infinity,
    showHidden: true,
    maxStringLength: null,
    maxArrayLength: null,
  });
  expect(errors).toHaveLength(4);
  expect(shop.told('hookError').length + shop.told('gatewayError').length).toBeGreaterThan(4);
  for (const secret of [API_KEY, record.returnKey, record.token ?? ''])
    expect(everything).not.toContain(secret);
  expect(everything).not.toMatch(/AxiosError|AxiosHeaders|"?apiKey"?:/);
});
