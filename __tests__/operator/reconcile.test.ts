import { Readable } from 'node:stream';
import { operatorOf } from '../../lib/operator/operator';
import { amountOf } from '../../lib/operator/reconcile/cells';
import { ReportProblem } from '../../lib/operator/reconcile/problem';
import {
  LISTS,
  reconcile,
  type Reconciliation,
  type ReconcileOptions,
} from '../../lib/operator/reconcile/reconcile';
import { aMorning, type Morning } from '../support/morning';

/** A file as it arrives: in small pieces. */
function inPieces(bytes: Buffer): Readable {
  const size = bytes.length > 10_000 ? 4_096 : 7;
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
    bytes.subarray(at * size, (at + 1) * size),
  );
  return Readable.from(pieces);
}

let morning: Morning;
beforeAll(async () => {
  morning = await aMorning();
});

const compare = (report: string | Buffer, options: ReconcileOptions = {}): Promise<Reconciliation> => {
  const bytes = typeof report === 'string' ? Buffer.from(report) : report;
  return reconcile(operatorOf(morning.shop.atipay.context), inPieces(bytes), options);
};

const counts = ({ lists }: Reconciliation): Record<string, number> =>
  Object.fromEntries(LISTS.map((list) => [list, lists[list].count]));

test('puts each line into the list that it belongs to', async () => {
  const { paid, undelivered, differs, refused } = morning.payments;
  const report = [
    'گزارش تراکنش‌ها,,,,',
    'رسید دیجیتالی,شماره مرجع,مبلغ (ریال),تاریخ,شماره ترمینال',
    `${paid.referenceNumber},,"۱۲٬۴۵۰٬۰۰۰",۱۴۰۵/۰۹/۰۷,12345678`,
    `${paid.referenceNumber},,12450000,1405/09/07,12345678`,
    `${undelivered.referenceNumber},,999,1405/09/07,12345678`,
    `,${differs.rrn},900000,1405/09/07,12345678`,
    `,${refused.rrn},700000,1405/09/07,12345678`,
    ',777777777777,5000,1405/09/07,12345678',
    ',777777777778,-5000,1405/09/07,12345678',
    'جمع,,26000000,,',
  ].join('\r\n');
  const result = await compare(`\ufeff${report}`);
  expect(counts(result)).toEqual({
    ...{ matched: 1, twice: 1, amountDiffers: 1, notPaidHere: 3, notInReport: 0, outside: 0 },
  });
  expect(result.lists.notPaidHere.lines.map(({ advice }) => advice)).toEqual([
    'resolve',
    'giveBack',
    'unknown',
  ]);
  expect(result).toMatchObject({ left: 1, reversals: { count: 1, amount: -5_000 }, unit: 'IRR' });
});

test('lists paid payments that the report lacks, and rows outside the period', async () => {
  const { paid } = morning.payments;
  const report = `RRN\tAmount (Tomans)\tDate\n${paid.rrn}\t1245000\t2026-11-28 14:01\n`;
  expect(counts(await compare(report))).toMatchObject({ matched: 1, notInReport: 1 });
  const period = { from: 0, before: 1 };
  expect(counts(await compare(report, { period }))).toMatchObject({ outside: 1, notInReport: 0 });
});

test('never matches by amount alone, nor by a trace number of another terminal', async () => {
  const { paid } = morning.payments;
  const report = `trace,terminal,amount (rials)\n${paid.traceNumber},999,12450000\n${paid.traceNumber},12345678,12450000\n`;
  expect(counts(await compare(report))).toMatchObject({ matched: 1, notPaidHere: 1 });
});

test('sums by day and terminal', async () => {
  const { paid } = morning.payments;
  const { daily } = await compare(`RRN,Amount,Date,Terminal\n${paid.rrn},12450000,1405-09-07,12345678\n`, {
    unit: 'IRR',
  });
  expect(daily).toEqual([
    {
      day: Date.UTC(2026, 10, 27, 20, 30),
      terminal: '12345678',
      report: { count: 1, amount: 12_450_000 },
      shop: { count: 2, amount: 24_900_000 },
    },
  ]);
});

test('reads UTF-16 as Excel saves it, and columns by --map', async () => {
  const { paid } = morning.payments;
  const text = `Ref\tSumme\n${paid.rrn}\t12450000\n`;
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  const result = await compare(bytes, { map: { rrn: 'ref', amount: 'summe' }, unit: 'IRR' });
  expect(counts(result)).toMatchObject({ matched: 1 });
});

test.each([
  ['1,234,567', 'IRR', 1_234_567],
  ['۱٬۲۳۴٬۵۶۷ ریال', 'IRR', 1_234_567],
  ['1.234.567', 'IRR', 1_234_567],
  ['1234567.00', 'IRR', 1_234_567],
  ['(500)', 'IRR', -500],
  ['500-', 'IRT', -5_000],
] as const)('reads the amount %s in %s', (text, unit, amount) => {
  expect(amountOf(text, unit, 1)).toBe(amount);
});

const BAD: [what: string, report: string | Buffer, message: RegExp][] = [
  ['an empty file', '', /holds no rows/],
  ['blanks', ' \n \n', /holds no rows/],
  ['a workbook', Buffer.from('504b030414000600', 'hex'), /Excel workbook/],
  ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /Excel workbook/],
  ['a PDF', '%PDF-1.7\n', /not a text file/],
  ['a page', '<html><body>login</body></html>', /not a text file/],
  ['windows-1256', Buffer.concat([Buffer.from('RRN,Amount\n'), Buffer.from([0xc7, 0xe1])]), /not in UTF-8/],
  ['zeros', Buffer.from('RRN,Amount (rials)\n1\0,2\n'), /not a text file/],
  ['no header', '1,2\n3,4\n', /No line names the columns/],
  ['no amount', 'RRN,Date\n1,2\n', /No column holds the amount/],
  ['no key', 'Amount,Date\n1,2\n', /never matched by amount alone/],
  ['two amounts', 'RRN,Amount,Amount\n1,2,3\n', /Line 1: Two columns could be the amount/],
  ['no unit', 'RRN,Amount\n1,2\n', /Rials or Tomans/],
  ['both units', 'RRN,Amount (Rials/Tomans)\n1,2\n', /Rials or Tomans/],
  ['a word for an amount', 'RRN,Amount (Rials)\n1,2\n2,much\n', /Line 3: "much" is not an amount/],
  ['an empty amount', 'RRN,Amount (Rials)\n1,\n', /Line 2: "" is not an amount/],
  ['a fraction', 'RRN,Amount (Rials)\n1,12.5\n', /Line 2: "12\.5" is not an amount/],
  ['an amount of two readings', 'RRN,Amount (Rials)\n1,1.234\n', /Line 2: "1\.234" may be/],
  ['a rounded RRN', 'RRN,Amount (Rials)\n1.23457E+11,2\n', /Line 2: .* rounded by a spreadsheet/],
  ['a date that is none', 'RRN,Amount (Rials),Date\n1,2,1404-12-30\n', /Line 2: "1404-12-30" is not a date/],
  ['a date of two digits', 'RRN,Amount (Rials),Date\n1,2,05/09/07\n', /Line 2: .* is not a date/],
  ['an open quote', 'RRN,Amount (Rials)\n"1,2\n', /quote/],
  ['a quote in the middle', 'RRN,Amount (Rials)\n1"2"3,2\n', /^Line 2: .*quotes/],
  ['a huge line', `RRN,Amount (Rials)\n${'1'.repeat(200_000)},2\n`, /longer than any line/],
  ['a huge amount', `RRN,Amount (Rials)\n1,${'9'.repeat(30)}\n`, /Line 2: .* is not an amount/],
];

test.each(BAD)('says in a sentence why %s is refused', async (_what, report, message) => {
  const problem = await compare(report).catch((error: unknown) => error);
  expect(problem).toBeInstanceOf(ReportProblem);
  expect((problem as ReportProblem).text('en')).toMatch(message);
  expect((problem as ReportProblem).text('fa')).toMatch(/[آ-ی]/);
});

test('reads UTF-16 with its bytes the other way round', async () => {
  const { paid } = morning.payments;
  const bytes = Buffer.from(`\ufeffRRN\tAmount (Rials)\n${paid.rrn}\t12450000\n`, 'utf16le').swap16();
  expect(counts(await compare(bytes))).toMatchObject({ matched: 1 });
});

test('reads a number that a spreadsheet took for a fraction, and times without colons', async () => {
  const { paid } = morning.payments;
  const rows = ['1401', '140102'].map((time) => `${paid.rrn}.0,12450000,14050907,${time}`);
  const { lists } = await compare(`RRN,Amount (Rials),Date,Time\n${rows.join('\n')}\n`);
  expect(lists.matched.lines[0]?.row).toMatchObject({ rrn: paid.rrn, at: Date.UTC(2026, 10, 28, 10, 31) });
  expect(lists.twice.lines[0]?.row?.at).toBe(Date.UTC(2026, 10, 28, 10, 31, 2));
});

test('advises to wait for a payment that AtiPay is still asked about', async () => {
  const { verifying } = morning.payments;
  const { lists } = await compare(`RRN,Amount (Rials)\n${verifying.rrn},1100000\n`);
  expect(lists.notPaidHere.lines).toMatchObject([{ advice: 'wait' }]);
});

test('compares more rows than it looks up at once', async () => {
  const { paid } = morning.payments;
  const unknown = Array.from({ length: 1_000 }, (_, index) => `${777_777_770_000 + index},5000`);
  const report = `RRN,Amount (Rials)\n${unknown.join('\n')}\n${paid.rrn},12450000\n`;
  expect(counts(await compare(report))).toMatchObject({ matched: 1, notPaidHere: 1_000 });
});

test('names a column of --map that the report has not', async () => {
  const problem = await compare('RRN,Amount (Rials)\n1,2\n', { map: { rrn: 'Ref' } }).catch(
    (error: unknown) => error,
  );
  expect((problem as ReportProblem).text('en')).toBe('There is no column "Ref".');
});

test('says so of a hundred reports with one broken byte, or reads them', async () => {
  const { paid } = morning.payments;
  const good = Buffer.from(`RRN,Amount (Rials),Date\n"${paid.rrn}","12,450,000",1405-09-07\n`);
  for (let at = 0; at < good.length; at += 1) {
    for (const byte of [0x22, 0x2c, 0xff, 0x0a]) {
      const broken = Buffer.from(good);
      broken[at] = byte;
      const result = await compare(broken).catch((error: unknown) => error);
      expect(result instanceof ReportProblem || 'lists' in (result as object)).toBe(true);
    }
  }
});
