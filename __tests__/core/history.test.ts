import fc from 'fast-check';
import { appendEntry, withoutWords } from '../../lib/core/history';
import type { HistoryEntry, HistoryEvent, PaymentStatus } from '../../lib/core/record';

const entry = (
  at: number,
  status: PaymentStatus = 'review',
  more: Partial<HistoryEntry> = {},
): HistoryEntry => ({
  at,
  status,
  event: 'verifyUnanswered',
  ...more,
});

const grown = (entries: readonly HistoryEntry[]): HistoryEntry[] =>
  entries.reduce<HistoryEntry[]>((history, next) => appendEntry(history, next), []);

const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('a history', () => {
  it('keeps everything up to 100 entries', () => {
    const entries = numbers(1, 100).map((at) => entry(at));
    expect(grown(entries)).toEqual(entries);
  });

  it('keeps its beginning and the latest entries of more', () => {
    const history = grown(numbers(1, 250).map((at) => entry(at)));
    expect(history.map(({ at }) => at)).toEqual([...numbers(1, 30), ...numbers(181, 250)]);
  });

  it('keeps every change of status, however much comes after it', () => {
    const entries = numbers(1, 300).map((at) => entry(at, at <= 60 ? 'verifying' : 'review'));
    const history = grown(entries);
    expect(history).toHaveLength(100);
    expect(history[30]).toEqual(entries[60]);
    expect(history.at(-1)).toEqual(entries.at(-1));
  });

  it('keeps every act of staff', () => {
    const notes = [40, 90, 150].map((at) => entry(at, 'review', { event: 'noted', by: 'Sara' }));
    const history = grown(numbers(1, 300).map((at) => notes.find((note) => note.at === at) ?? entry(at)));
    expect(history).toHaveLength(100);
    expect(history).toEqual(expect.arrayContaining(notes));
  });

  it('grows beyond its limit when there is nothing to leave out', () => {
    const notes = numbers(1, 150).map((at) => entry(at, 'review', { event: 'noted', by: 'Sara' }));
    expect(grown(notes)).toEqual(notes);
  });

  it('keeps the latest entry when only acts of staff come before it', () => {
    const notes = numbers(1, 100).map((at) => entry(at, 'review', { event: 'noted', by: 'Sara' }));
    expect(appendEntry(notes, entry(101)).at(-1)).toEqual(entry(101));
  });

  it('is a new list each time', () => {
    const history = [entry(1)];
    appendEntry(history, entry(2));
    expect(history).toEqual([entry(1)]);
  });

  it('stays in order, ends with the latest entry, and loses no change of status and no act of staff', () => {
    const statuses = fc.constantFrom<PaymentStatus>('verifying', 'review', 'paid');
    const drawn = fc.array(fc.tuple(statuses, fc.nat(9)), { maxLength: 300 });
    fc.assert(
      fc.property(drawn, (draws) => {
        const entries = draws.map(([status, draw], at) =>
          draw === 0 ? entry(at, status, { by: 'Sara' }) : entry(at, status),
        );
        const history = grown(entries);
        const kept = new Set(history.map(({ at }) => at));
        const times = history.map(({ at }) => at);
        expect(times).toEqual([...times].sort((a, b) => a - b));
        expect(history.at(-1)).toEqual(entries.at(-1));
        entries.forEach(({ by, status }, at) => {
          if (by !== undefined || at < 30 || entries[at - 1]?.status !== status) expect(kept).toContain(at);
        });
      }),
    );
  });
});

describe('an entry without words', () => {
  test.each<[HistoryEvent, HistoryEntry['data'], HistoryEntry['data']]>([
    ['created', { order: 'A-1', amount: 250_000 }, { order: 'A-1', amount: 250_000 }],
    ['tokenUnanswered', { problem: 'no route to Mr. Karimi' }, undefined],
    ['buyerFailed', { state: 'Mr. Karimi' }, undefined],
    ['claimed', { receipt: 'Ref-1' }, { receipt: 'Ref-1' }],
    ['verifyRepeated', { attempt: 2 }, { attempt: 2 }],
    ['verifyRefused', { code: '-2', description: 'Mr. Karimi has no receipt' }, { code: '-2' }],
    ['amountDiffers', { amount: 1, expected: 250_000 }, { amount: 1, expected: 250_000 }],
    ['hookThrew', { call: 2, problem: 'Mr. Karimi has no address' }, { call: 2 }],
    ['noted', { text: 'Mr. Karimi called' }, undefined],
    [
      'gaveBack',
      { amount: 1_000, reference: 'transfer 5', text: 'Mr. Karimi’s cup was broken' },
      { amount: 1_000, reference: 'transfer 5' },
    ],
    ['hookDelivered', undefined, undefined],
  ])('%s keeps sums, counts, codes and numbers', (event, data, kept) => {
    const acted = entry(1, 'review', { event, by: 'Sara' });
    expect(withoutWords({ ...acted, ...(data && { data }) })).toStrictEqual({
      ...acted,
      ...(kept && { data: kept }),
    });
  });
});
