import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import {
  MemoryPaymentStore,
  TRACING_CHANNELS,
  atipayRouter,
  type AtipayConfig,
  type FailureReason,
} from 'express-atipay';
import { checkConfig } from '../../lib/config';
import { helpFor, type AtipayErrorCode } from '../../lib/errors';
import { resultPage } from '../../lib/pages';
import { texts } from '../../lib/texts';
import { anchorsOf, codeIn, readPage, tableWith } from './markdown';
import { paymentWith, possibleMoves, STATUSES } from './payments';
import { LIB, literalsOf, membersOf, mentions } from './source';

const required = (): AtipayConfig => ({
  apiKey: 'key',
  publicUrl: 'https://shop.example/payment',
  store: new MemoryPaymentStore({ quiet: true }),
  onSuccess: () => undefined,
});

const firstColumn = (page: string, first: string): string[] =>
  tableWith(page, `\`${first}\``).map(([cell]) => codeIn(cell));

/** A value as the tables write it. */
const written = (value: unknown): string =>
  typeof value === 'function'
    ? 'Date.now'
    : inspect(value, { numericSeparator: true, breakLength: Infinity });

/** The defaults of a config with required options alone, except those without a short name. */
function defaults(): Record<string, string> {
  const own = ['logger', 'shop'];
  const needed = Object.keys(required());
  const options = membersOf('config.ts', 'AtipayConfig');
  const isOption = (name: string): boolean => options.includes(name);
  const settings = Object.entries(checkConfig(required()).settings);
  const rest = settings.filter(
    ([name, value]) => value !== undefined && isOption(name) && !own.includes(name) && !needed.includes(name),
  );
  return Object.fromEntries(rest.map(([name, value]) => [name, written(value)]));
}

const defaultsTold = (page: string): Record<string, string> => {
  const told = tableWith(page, '`publicUrl`')
    .filter(([, cell = '']) => cell.startsWith('`'))
    .map(([name, cell]) => [codeIn(name), codeIn(cell)]);
  return Object.fromEntries(told) as Record<string, string>;
};

describe('docs/fa/options.md', () => {
  const page = 'docs/fa/options.md';

  test('names every option', () => {
    expect(firstColumn(page, 'publicUrl').sort()).toEqual(membersOf('config.ts', 'AtipayConfig').sort());
  });

  test('has the defaults of omitted options', () => {
    expect(defaultsTold(page)).toEqual(defaults());
  });
});

describe.each(['README.md', 'README.fa.md'])('%s', (page) => {
  test('names the required options, and no option that does not exist', () => {
    const named = firstColumn(page, 'publicUrl');
    expect(named).toEqual(expect.arrayContaining(Object.keys(required())));
    const options = membersOf('config.ts', 'AtipayConfig');
    expect(named.filter((name) => !options.includes(name))).toEqual([]);
  });

  test('has the defaults of its options', () => {
    const named = firstColumn(page, 'publicUrl');
    const theirs = Object.entries(defaults()).filter(([name]) => named.includes(name));
    expect(defaultsTold(page)).toEqual(Object.fromEntries(theirs));
  });

  test('names every hook', () => {
    const hooks = membersOf('config.ts', 'AtipayConfig').filter((name) => name.startsWith('on'));
    expect(firstColumn(page, 'onFailure').sort()).toEqual(hooks.sort());
  });

  test('has the figures of docs/recovery.md on a textbook handler', () => {
    const measured = tableWith('docs/recovery.md', 'order charged twice');
    const figures = measured.map(([, , , ours, textbook]) => [textbook, ours]);
    const told = tableWith(page, page === 'README.md' ? 'order charged twice' : 'سفارش دو بار پرداخت شد');
    expect(told.map((row) => row.slice(-2))).toEqual(figures);
    if (page === 'README.md') expect(told.map(([found]) => found)).toEqual(measured.map(([found]) => found));
  });

  test('names the store of every entry of the package', async () => {
    const told = tableWith(page, 'Knex').map(([, entry, store]) => [codeIn(entry), codeIn(store)] as const);
    const { exports } = JSON.parse(readPage('package.json')) as { exports: Record<string, unknown> };
    const entries = Object.keys(exports)
      .filter((path) => path.startsWith('./stores/') && path !== './stores/contract')
      .map((path) => path.replace('./stores/', ''));
    expect(told.map(([entry]) => entry).sort()).toEqual(entries.sort());
    for (const [entry, store] of told) {
      const client = (await import(`../../lib/stores/clients/${entry}`)) as Record<string, unknown>;
      const name = /^new (\w+)\(/.exec(store)?.[1] ?? '';
      const creates = entry === 'mongodb' ? 'createPaymentsCollection' : 'createPaymentsTable';
      expect([entry, typeof client[name], typeof client[creates]]).toEqual([entry, 'function', 'function']);
    }
  });
});

describe.each(['docs/routes.md', 'docs/fa/routes.md'])('%s', (page) => {
  test('lists the routes that the router has', async () => {
    const router = atipayRouter({ ...required(), getOrder: () => undefined, recovery: false });
    const routes = router.stack.flatMap(({ route }) =>
      (route?.stack ?? []).map(({ method }) => `${method.toUpperCase()} ${route?.path ?? ''}`),
    );
    expect(firstColumn(page, 'POST /pay').sort()).toEqual([...new Set(routes)].sort());
    await router.atipay.close();
  });

  test('names every code of the problem documents that a JSON client gets', () => {
    const sources = ['pay.ts', 'result.ts'].map((file) => readFileSync(join(LIB, 'http', file), 'utf8'));
    const sent = [
      ...sources.join('').matchAll(/(?:sendError\(context, req, res, |ERR_\w+: |expose \? )'(\w+)'/g),
    ];
    const codes = [...new Set(sent.map(([, code = '']) => code))];
    const told = [...readPage(page).matchAll(/`(\w+)`\s\([45]\d\d/g)].map(([, code = '']) => code);
    expect(codes.sort()).toEqual(told.sort());
  });
});

describe.each(['docs/hooks.md', 'docs/fa/hooks.md'])('%s', (page) => {
  test('lists every failure', () => {
    expect(firstColumn(page, 'CanceledByUser').sort()).toEqual(Object.keys(texts('en').failure).sort());
  });

  test('says of a failure whether its page offers another try', () => {
    const told = tableWith(page, '`CanceledByUser`').map(([reason, status, , , again = '']) => ({
      reason: codeIn(reason) as FailureReason,
      status: status === 'review' ? ('review' as const) : ('failed' as const),
      again: ['yes', 'بله'].includes(again),
    }));
    const offered = told.map(({ reason, status }) => {
      const payment = paymentWith(status, reason);
      const times = { at: payment.createdAt, now: payment.createdAt };
      const { html } = resultPage({ payment, locale: 'en', retryUrl: '/', shop: { url: '/' }, ...times });
      return { reason, status, again: html.includes(texts('en').action.retry) };
    });
    expect(told).toEqual(offered);
  });

  test('lists every event', () => {
    expect(firstColumn(page, 'transition').sort()).toEqual(membersOf('events.ts', 'AtipayEvents').sort());
  });

  test('draws the ways that a payment can go, and no others', () => {
    const drawn = [...readPage(page).matchAll(/^ +(\w+) --> (\w+):/gm)].map(
      ([, from = '', to = '']) => `${from} ${to}`,
    );
    expect(drawn.sort()).toEqual(possibleMoves().sort());
  });
});

test.each(['docs/troubleshooting.md', 'docs/fa/troubleshooting.md'])(
  '%s explains every error code that something throws, where the link of the error leads',
  (page) => {
    const thrown = literalsOf('errors.ts', 'AtipayErrorCode').filter((code) => mentions(`'${code}'`) > 1);
    const [file, ...links] = new Set(thrown.flatMap((code) => helpFor(code as AtipayErrorCode).split('#')));
    expect(file).toBe('node_modules/express-atipay/docs/troubleshooting.md');
    expect(
      anchorsOf(page)
        .filter((anchor) => anchor.startsWith('err_'))
        .sort(),
    ).toEqual(links.sort());
  },
);

test('the guide to observability lists every tracing channel', () => {
  const told = firstColumn('docs/observability.md', 'atipay:get-token');
  expect(told.sort()).toEqual(Object.values(TRACING_CHANNELS).sort());
});

test('the guide to operations says of every status where the money is', () => {
  expect(tableWith('docs/operations.md', 'created')).toHaveLength(STATUSES.length);
});

test('an option documented as required is required', () => {
  for (const name of Object.keys(required())) {
    expect(() => checkConfig({ ...required(), [name]: undefined })).toThrow(
      new RegExp(`- ${name}: expected .*; it is missing`),
    );
  }
});
