import { cutOff } from '../exchange/sockets';
import type { Got, Sent } from '../exchange/exchange';
import { packed, written, type Letter } from './letters';
import type { Facts } from './oracle';
import type { Aim, Target } from './target';
import type { Value } from './values';

/** A letter as it goes out. */
export interface Delivery {
  aim: Aim;
  facts: Facts;
  sent: Sent;
}

const NOBODYS_INVOICE = '17000000000001234567';

/** Chooses the payment a letter is for, and writes it down. */
export function address(target: Target, letter: Letter): Delivery {
  const { aims } = target;
  const index = chosen(letter.payment, aims.length);
  const [aim, other] = [at(aims, index), at(aims, (index + 1) % aims.length)];
  const plain = written(letter, (value) => say(value, aim, other, aims));
  const { body, headers } = packed(letter, plain);
  const contentType = typeOf(letter);
  const { path, opens } = pathOf(letter, aim, other);
  const judge = (receipt: string): ReturnType<Facts['judge']> => judged(target, aim, receipt);
  return {
    aim,
    facts: { letter, row: aim.row, opens, plain, contentType, judge },
    sent: {
      method: letter.method,
      path: `${letter.mount}${path}`,
      headers: {
        accept: letter.accept,
        ...(contentType !== undefined && { 'content-type': contentType }),
        ...headers,
      },
      body,
    },
  };
}

/** Half of all letters are for the first three, which are pending. */
const chosen = (payment: number, count: number): number =>
  payment % 2 === 0 ? (payment / 2) % 3 : Math.floor(payment / 2) % count;

const at = (aims: Aim[], index: number): Aim => {
  const aim = aims[index];
  if (!aim) throw new Error(`There is no payment ${index}.`);
  return aim;
};

function say(value: Value, aim: Aim, other: Aim, aims: Aim[]): string {
  if (typeof value !== 'string') return value.text;
  switch (value) {
    case 'the invoice of this payment':
      return aim.row.invoiceNumber;
    case 'the invoice of another payment':
      return other.row.invoiceNumber;
    case 'an invoice nobody has':
      return NOBODYS_INVOICE;
    case 'a receipt the gateway confirms for this payment':
      return aim.genuine;
    case 'a receipt the gateway confirms for another payment':
      return other.genuine;
    case 'a receipt the gateway confirms for this payment, escaped by a sanitizer':
      return `${aim.genuine.replaceAll('/', '&#x2F;')}&#x3D;`;
    case 'the receipt of a paid payment':
      return aims.find(({ row }) => row.status === 'paid')?.row.referenceNumber ?? '';
    case 'the receipt this payment has':
      return aim.row.referenceNumber ?? '';
    case 'a receipt of another payment, written differently': {
      const taken = aims.find(({ row }) => row.status === 'paid')?.row.referenceNumber ?? '';
      return `${taken.toUpperCase().replaceAll('/', '_').replaceAll('+', '-')}=`;
    }
    case 'a receipt the gateway does not know':
      return 'Receipt/0/0';
  }
}

/** A sender of JSON says so. */
function typeOf({ script, contentType }: Letter): string | undefined {
  const json = typeof script === 'object' ? 'json' in script : script.startsWith('json');
  return json && contentType === 'application/x-www-form-urlencoded' ? 'application/json' : contentType;
}

function pathOf({ door }: Letter, { row }: Aim, other: Aim): { path: string; opens: boolean } {
  const { invoiceNumber, returnKey } = row;
  if (typeof door === 'object') {
    const path = 'path' in door ? door.path : `callback/${invoiceNumber}/${near(returnKey, door.wrongKey)}`;
    return { path: `/${path}`, opens: false };
  }
  switch (door) {
    case 'its key':
      return { path: `/callback/${invoiceNumber}/${returnKey}`, opens: true };
    case 'the key of another payment':
      return { path: `/callback/${invoiceNumber}/${other.row.returnKey}`, opens: false };
    case 'an invoice nobody has':
      return { path: `/callback/${NOBODYS_INVOICE}/${returnKey}`, opens: false };
  }
}

/** Wrong by one sign, by letter case, by its length, or altogether. */
function near(key: string, scrawl: string): string {
  const first = key.startsWith('A') ? 'B' : 'A';
  const swapped = /[a-z]/.test(key) ? key.toUpperCase() : key.toLowerCase();
  const ways = [`${first}${key.slice(1)}`, swapped, key.slice(0, -1), `${key}A`, encodeURIComponent(scrawl)];
  return ways[scrawl.length % ways.length] ?? '';
}

/** Receipts that differ in letter case, alphabet or padding are one. */
const folded = (receipt: string): string =>
  receipt.toLowerCase().replace(/[-_=]/g, (sign) => ({ '-': '+', _: '/' })[sign] ?? '');

function judged({ aims, shop }: Target, aim: Aim, receipt: string): ReturnType<Facts['judge']> {
  const holder = aims.find(({ row }) => folded(row.referenceNumber ?? '') === folded(receipt));
  if (holder && holder !== aim) return 'another payment has it';
  const rials = shop.gateway.worth(receipt);
  return rials === undefined ? 'not known' : { rials };
}

/** Sends it the way it wants to go; undefined when its sender hung up. */
export async function deliver(target: Target, { facts, sent }: Delivery): Promise<Got | undefined> {
  switch (facts.letter.wire) {
    case 'handed':
      return target.handed(sent);
    case 'socket':
      return target.sockets(sent);
    case 'cut off':
      await cutOff(target.shop.server, sent);
      return undefined;
  }
}
