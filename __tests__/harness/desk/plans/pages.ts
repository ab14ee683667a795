import { dayText, daysLater } from '../../../../lib/operator/dates';
import { begunAt, invoiceOf, orderOf } from './fill';

/** Every page of the desk that reads payments, over a table of so many; each in the ways that it can be asked. */
export function pagesOver(rows: number, now: number): string[] {
  const index = Math.floor(rows / 200) * 100 + 1;
  const day = (ago: number): string => dayText(daysLater(now, -ago), 'en');
  const yesterday = `from=${day(1)}&until=${day(1)}`;
  const ever = `from=${day(900)}&until=${day(0)}`;
  const found = [
    orderOf(index),
    invoiceOf(index),
    `receipt-${index}`,
    String(100_000 + (index % 900_000)),
    String(100_000_000_000 + index),
    `0912${1_000_000 + (index % 1_000_000)}`,
    String(index % 10_000).padStart(4, '0'),
    '12,345 tomans',
    'nothing of the kind',
  ];
  const statuses = ['paid', 'failed', 'review', 'pending', 'verifying', 'created', 'received'];
  const listed = [
    '',
    yesterday,
    ever,
    `${yesterday}&time=confirmed`,
    `${ever}&time=confirmed`,
    'card=0001',
    `card=0001&${ever}`,
    `card=0001&${ever}&time=confirmed`,
    `order=${orderOf(index)}`,
    `after=${begunAt(index, rows, now)}:${invoiceOf(index)}`,
    ...statuses.flatMap((status) => [
      `status=${status}`,
      `status=${status}&${yesterday}`,
      `status=${status}&after=${begunAt(index, rows, now)}:${invoiceOf(index)}`,
      `status=${status}&card=0001`,
      `status=${status}&${ever}&time=confirmed`,
    ]),
  ];
  return [
    '/',
    ...found.map((text) => `/find?q=${encodeURIComponent(text)}`),
    `/find?q=12345&${yesterday}`,
    ...listed.map((query) => `/payments?${query}`),
    `/payments/${invoiceOf(index)}`,
    `/payments/${invoiceOf(97)}`,
    '/today',
    `/today?day=${day(1)}`,
    `/export?${yesterday}`,
    `/purge?before=${day(1)}`,
    '/reconcile',
    '/doctor',
  ];
}
