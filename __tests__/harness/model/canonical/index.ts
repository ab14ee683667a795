import { hash } from 'node:crypto';
import { foldReceipt } from '../../../../lib/core/receipt';
import type { PaymentRecord } from '../../../../lib/core/record';
import type { ShopBooks, State, Work } from '../state';
import { placeOf, type World } from '../world';
import { receiptText, recordText, type Frame } from './record';

/**
 * A key that two states share exactly when the same can happen in both: payments and processes in any order, times from
 * now on, versions by whose they are.
 */
export function keyOf(world: World, state: State, rawVersions: boolean): string {
  const frame: Frame = { world, state, bases: basesOf(state), rawVersions };
  const payments = state.db.rows.map((_, place) => paymentText(place, frame));
  const [first = '', second = ''] = payments;
  if (payments.length === 1 || first < second) return hashed(textIn([0, 1], payments, frame));
  if (second < first) return hashed(textIn([1, 0], payments, frame));
  const [one, two] = [textIn([0, 1], payments, frame), textIn([1, 0], payments, frame)];
  return hashed(one < two ? one : two);
}

/** The same of the database and the gateway alone: the starting point of a sweep when no process is at work. */
export const restingKey = (world: World, state: State): string =>
  keyOf(
    world,
    {
      ...state,
      processes: [],
      backup: undefined,
      left: { visits: 0, troubles: 0, stalls: 0, acts: 0, rewinds: 0 },
    },
    false,
  );

const hashed = (text: string): string => hash('md5', text, 'base64');

function textIn(order: readonly number[], payments: readonly string[], frame: Frame): string {
  const { state } = frame;
  const works = state.processes.map((work) => workText(work, order, frame)).sort();
  const { visits, troubles, stalls, acts, rewinds } = state.left;
  const { rewound } = state.memory;
  const budget = `${visits}.${troubles}.${stalls}.${acts}.${rewinds}${rewound ? 'x' : ''}${state.backup ? 'k' : ''}`;
  return `${order.map((place) => payments[place]).join('|')}|${works.join('|')}|${budget}`;
}

function paymentText(place: number, frame: Frame): string {
  const { state, world, bases } = frame;
  const { db, backup, memory } = state;
  const row = db.rows[place];
  const old = backup?.rows[place];
  const oldText = old === undefined ? '' : old.version === row?.version ? '=' : recordText(old, frame);
  const truths = (world.receipts[place] ?? []).map((receipt) => state.gateway[foldReceipt(receipt)]?.[0]);
  const asked = (memory.asked[place] ?? 0) - (bases[place]?.attempts ?? 0);
  const marks = `${memory.byStaff[place] ? 's' : ''}${memory.reported[place] ? 'l' : ''}`;
  const shop = `${booksText(db.shop[place])};${booksText(backup?.shop[place])}`;
  return `${row ? recordText(row, frame) : 'gone'};${oldText};${shop};${truths.join('')};${asked};${marks}`;
}

const booksText = (books: ShopBooks | undefined): string =>
  books ? `${books.paid}${books.failed}${books.review}${books.skipped ? 's' : ''}` : '';

function workText(work: Work, order: readonly number[], frame: Frame): string {
  if (work.at === 'idle') return '';
  const seen = recordsOf(work).map((record) => {
    const place = placeOf(record);
    const isStored = record.version === frame.state.db.rows[place]?.version && !frame.rawVersions;
    return `${order.indexOf(place)}${isStored ? '=' : recordText(record, frame)}`;
  });
  return `${work.at} ${seen.join(' ')} ${detailText(work, frame)}`;
}

function detailText(work: Work, { world }: Frame): string {
  switch (work.at) {
    case 'claim':
      return `${receiptText(work.receipt, placeOf(work.read), world)} ${work.order.holder} ${work.order.payable}`;
    case 'check':
      return `${work.order.holder} ${work.order.payable}`;
    case 'due':
      return String(work.mayVerify);
    case 'ask':
      return String(work.tries);
    case 'asked':
      return `${work.tries} ${replyText(work.reply)}`;
    case 'hook':
      return String(work.applied);
    case 'replaced':
      return work.reply;
    default:
      return '';
  }
}

const replyText = (reply: Extract<Work, { at: 'asked' }>['reply']): string =>
  `${reply.kind}${'amount' in reply ? reply.amount : ''}${'aboutShop' in reply ? reply.aboutShop : ''}`;

function recordsOf(work: Work): PaymentRecord[] {
  switch (work.at) {
    case 'idle':
      return [];
    case 'claim':
      return [work.read];
    case 'token':
      return work.first ? [work.held, work.first] : [work.held];
    case 'afresh':
      return [work.first];
    case 'replaced':
      return [work.first, work.second];
    case 'hook':
      return [work.held, work.read];
    default:
      return [work.held];
  }
}

function basesOf(state: State): Frame['bases'] {
  const bases = state.db.rows.map(() => ({ attempts: Infinity, refusals: Infinity }));
  const count = (record: PaymentRecord | undefined): void => {
    const base = record && bases[placeOf(record)];
    if (!base) return;
    base.attempts = Math.min(base.attempts, record.verifyAttempts);
    base.refusals = Math.min(base.refusals, record.shopRefusals);
  };
  state.db.rows.forEach(count);
  state.backup?.rows.forEach(count);
  for (const work of state.processes) recordsOf(work).forEach(count);
  return bases;
}
