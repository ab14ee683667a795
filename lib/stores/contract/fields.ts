import assert from 'node:assert';
import type { PaymentRecord } from '../../core/record';
import { NOW, type ContractGroup, type Scene } from './scene';

/** The fields that a payment gets at its beginning and keeps. All values differ, so that a swapped column shows. */
export const GIVEN = {
  origin: 'https://shop.example',
  amount: 123_456_789,
  currency: 'IRT',
  returnKey: 'k3yK3Y-_0123456789',
  createdAt: NOW + 1,
} satisfies Partial<PaymentRecord>;

/** The fields that an update may change. */
export const CHANGES = {
  status: 'review',
  cellNumber: '09123456789',
  description: 'یک جفت کفش، اندازهٔ ۴۲',
  metadata: { cart: [1, 'two', { three: true }], note: null },
  settlement: [
    { iban: 'IR062960000000100324200001', amount: 123_456_000 },
    { iban: 'IR062960000000100324200002', amount: 789 },
  ],
  token: '0123456789abcdef0123456789abcdef',
  referenceNumber: 'GmshtyjwKSu/lKOLquYrzO9BqjUMb',
  receiptKey: 'gmshtyjwksu/lkolquyrzo9bqjumb',
  orderKey: 'order key',
  traceNumber: '104040',
  terminalId: '20000001',
  rrn: '12345678901',
  maskedPan: '603799******1234',
  cardEnd: '1234',
  failureReason: 'VerificationUnclear',
  updatedAt: NOW + 2,
  receivedAt: NOW + 3,
  verifiedAt: NOW + 4,
  dueAt: NOW + 5,
  leaseUntil: NOW + 6,
  expiresAt: NOW + 7,
  nextVerifyAt: NOW + 8,
  nextHookAt: NOW + 9,
  verifyAttempts: 3,
  shopRefusals: 2,
  hookAttempts: 4,
  hookAppliedAt: NOW + 10,
  hookDeliveredAt: NOW + 11,
  givenBack: 5_000,
  givenBackAt: NOW + 12,
  history: [
    { at: NOW + 1, status: 'created', event: 'created' },
    { at: NOW + 2, status: 'review', event: 'noted', by: 'مریم', data: { text: 'زنگ زدم', amount: 5 } },
  ],
} satisfies Partial<PaymentRecord>;

/** Every field set. The receipt differs by account: receipts are unique in the whole table. */
export const full = (scene: Scene, patch: Partial<PaymentRecord> = {}): Partial<PaymentRecord> => ({
  ...structuredClone({ ...GIVEN, ...CHANGES }),
  receiptKey: scene.receipt('full'),
  ...patch,
});

const ODD_STRINGS = [
  '',
  ' ',
  ' leading and trailing ',
  'null',
  '0',
  '1e5',
  '007',
  '2023-11-14T22:13:20Z',
  '{"json":true}',
  'سفارش ۱۲۳ با نیم\u200cفاصله و ی و ي و ک و ك',
  'e\u0301 and é',
  '👟🇮🇷👩‍👩‍👧 \u{10ffff}',
  '\u200f\u202bright to left\u202c\u200e',
  `'single' "double" \`back\` \\ \\' ''; -- /* */`,
  'a%b_c ? ?? :name $1 @x #{y} ${z}',
  'line\nline\r\nline\ttab\u0001\u001f\u007f\ufeff\u2028',
  'x'.repeat(255),
  '👟'.repeat(50),
];

const METADATA = [
  {},
  [],
  '',
  'text',
  'null',
  '"quoted"',
  0,
  -1,
  0.1,
  1e21,
  Number.MAX_SAFE_INTEGER,
  true,
  false,
  [null],
  [[], [[1, [2, [3]]]], {}],
  { a: { b: { c: { d: [{ e: null }] } } } },
  { '': 1, ' ': 2, 'a.b': 3, $ne: 4, ب: '👟', quote: `'"\\`, NUL: '\\u0000' },
  { zero: 0, none: null, no: false, empty: '', list: [false, null, 0] },
  { long: 'ب'.repeat(50_000) },
];

/** Stored values come back as they were. */
export const fields: ContractGroup = {
  'keeps every field of a record as it was given': async (scene) => {
    await scene.holds(await scene.given(full(scene)));
  },

  'keeps null apart from everything else, and needs no field that may be null': async (scene) => {
    await scene.holds(await scene.given());
  },

  'finds nothing under an invoice number that it does not hold': async (scene) => {
    await scene.given();
    for (const unknown of ['nobody has this', '', '%', scene.record().invoiceNumber]) {
      assert.strictEqual(await scene.store.find(unknown), undefined);
    }
  },

  'keeps integers exact up to 2^53 - 1': async (scene) => {
    const most = Number.MAX_SAFE_INTEGER;
    for (const number of [0, 1, 2 ** 31, 2 ** 32 + 1, most - 1, most]) {
      await scene.holds(await scene.given(everyNumber(number)));
    }
  },

  'keeps any text as it is: Persian, emoji, quotes, spaces, control characters': async (scene) => {
    for (const text of ODD_STRINGS) await scene.holds(await scene.given(everyText(text, scene)));
  },

  'keeps long texts whole': async (scene) => {
    const description = 'توضیح '.repeat(1_000);
    const history = Array.from({ length: 100 }, (_, index) => ({
      at: NOW + index,
      status: 'pending' as const,
      event: 'noted' as const,
      data: { text: `${index} ${'یادداشت '.repeat(100)}` },
    }));
    await scene.holds(await scene.given({ description, history }));
  },

  'keeps metadata of every JSON kind': async (scene) => {
    for (const metadata of METADATA) await scene.holds(await scene.given({ metadata }));
  },

  'keeps an empty settlement and an empty history apart from none': async (scene) => {
    await scene.holds(await scene.given({ settlement: [], history: [] }));
    await scene.holds(await scene.given({ settlement: null, history: [] }));
  },

  'keeps every status': async (scene) => {
    const statuses = ['created', 'pending', 'received', 'verifying', 'paid', 'failed', 'review'] as const;
    for (const status of statuses) await scene.holds(await scene.given({ status }));
  },
};

function everyNumber(number: number): Partial<PaymentRecord> {
  return {
    version: number,
    amount: number,
    settlement: [{ iban: 'IR062960000000100324200001', amount: number }],
    createdAt: number,
    updatedAt: number,
    receivedAt: number,
    verifiedAt: number,
    dueAt: number,
    leaseUntil: number,
    expiresAt: number,
    nextVerifyAt: number,
    nextHookAt: number,
    hookAppliedAt: number,
    hookDeliveredAt: number,
    givenBack: number,
    givenBackAt: number,
    history: [{ at: number, status: 'pending', event: 'created', data: { number } }],
  };
}

/** The case takes each text once, in a separate account; receipts are tested apart. */
function everyText(text: string, scene: Scene): Partial<PaymentRecord> {
  const short = text.slice(0, 50);
  return {
    account: scene.account,
    orderId: text,
    origin: text,
    orderKey: text,
    referenceNumber: short,
    description: text,
    metadata: { text, [text]: [text] },
    token: text,
    traceNumber: short,
    terminalId: short,
    rrn: short,
    maskedPan: short,
    history: [{ at: NOW, status: 'pending', event: 'noted', by: text, data: { text } }],
  };
}
