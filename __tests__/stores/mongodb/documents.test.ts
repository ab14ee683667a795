import { BSON } from 'mongodb';
import type { PaymentRecord } from '../../../lib/core/record';
import { full } from '../../../lib/stores/contract/fields';
import { NOW, Scene } from '../../../lib/stores/contract/scene';
import { readDocument, toDocument } from '../../../lib/stores/mongodb/documents';

const scene = new Scene({} as never);
const MOST = Number.MAX_SAFE_INTEGER;

/** Numbers and texts at the edges of BSON's types. */
const RECORDS: [string, PaymentRecord][] = [
  ['with every field', scene.record(full(scene))],
  ['with nothing but what must be there', scene.record()],
  ['with the greatest numbers', scene.record({ version: MOST, amount: MOST, dueAt: MOST, givenBack: MOST })],
  ['with numbers about 2^31', scene.record({ version: 2 ** 31, amount: 2 ** 31 - 1, dueAt: 2 ** 32 + 1 })],
  [
    'with texts that mean something elsewhere',
    scene.record({
      orderId: '$set',
      token: 'a\u0000b',
      description: '',
      metadata: { $ne: [1.5, null], 'a.b': {} },
    }),
  ],
];

/** Options that a shop may have set on its client. */
const SETTINGS: BSON.DeserializeOptions[] = [
  {},
  { useBigInt64: true },
  { promoteLongs: false },
  { promoteValues: false },
];

describe.each(SETTINGS)('in BSON read with %j', (settings) => {
  test.each(RECORDS)('a record %s comes back as it was', (_what, record) => {
    const document = BSON.deserialize(BSON.serialize(toDocument(record)), settings);
    expect(readDocument(document)).toEqual(record);
  });
});

test.each([
  ['a field that is missing', { amount: undefined }],
  ['a text where a number belongs', { amount: 'much' }],
  ['a number where a text belongs', { status: 7 }],
  ['a fraction', { due_at: 1.5 }],
  ['JSON that is none', { history: '{' }],
])('a document with %s is unreadable, and is named', (_what, patch) => {
  const record = scene.record({ dueAt: NOW });
  const read = (): unknown => readDocument({ ...toDocument(record), ...patch });
  expect(read).toThrow(`Payment ${record.invoiceNumber} cannot be read`);
});
