import { dayText, daysLater } from '../../../lib/operator/dates';
import { rials } from '../../../lib/operator/words';
import { OTHERS, type Scene } from './scene';
import type { CommandVisit, DeskVisit } from './visits';

/** A question of staff, how it is asked in both places, and the texts that the last answer must hold. */
export interface Question {
  asks: string;
  /** `index`: 0 at the desk and 1 at a terminal, so that both have a payment to act on. */
  answer: (scene: Scene, index: number) => string[];
  desk: (visit: DeskVisit, scene: Scene) => Promise<void>;
  command: (visit: CommandVisit, scene: Scene) => Promise<void>;
}

const YESTERDAY = ['--from', 'yesterday', '--until', 'yesterday'];
const yes = (note: string): string[] => ['--note', note, '--by', 'Sara', '--yes'];

/** In the order of docs/maintaining/desk-questions.md. */
export const QUESTIONS: readonly Question[] = [
  {
    asks: 'Where is the money of order 1234?',
    answer: () => ['The shop has the money: AtiPay confirmed', 'Tell the buyer', 'Your trace number is'],
    desk: (visit, { of }) => visit.find(of('paid').orderId),
    command: (visit, { of }) => visit.runs('show', of('paid').orderId),
  },
  {
    asks: 'I paid yesterday evening from card …1234',
    answer: ({ yesterdays }) => [`Order ${yesterdays('paid').orderId}`, 'The shop has the money'],
    desk: async (visit, { yesterdays }) => {
      const { maskedPan, orderId } = yesterdays('paid');
      await visit.goes('Payments');
      await visit.fills({ card: maskedPan.slice(-4), from: 'yesterday 09:00', until: 'yesterday' });
      await visit.presses('Show');
      await visit.follows(orderId);
    },
    command: async (visit, { yesterdays }) => {
      const { maskedPan, orderId } = yesterdays('paid');
      await visit.runs(
        'list',
        '--card',
        maskedPan.slice(-4),
        '--from',
        'yesterday 09:00',
        '--until',
        'yesterday',
      );
      await visit.runs('show', orderId);
    },
  },
  {
    asks: 'My mobile is ۰۹۱۲…',
    answer: ({ of }) => [`Order ${of('cancelled').orderId}`, 'the buyer cancelled'],
    desk: (visit, { of, persian }) => visit.find(persian(of('cancelled').cellNumber)),
    command: (visit, { of, persian }) => visit.runs('show', persian(of('cancelled').cellNumber)),
  },
  {
    asks: 'The bank’s SMS says trace number 812551',
    answer: ({ of }) => [`Order ${of('notConfirmed').orderId}`, 'AtiPay did not confirm the receipt'],
    desk: async (visit, { of, record }) => visit.find((await record(of('notConfirmed'))).traceNumber ?? ''),
    command: async (visit, { of, record }) =>
      visit.runs('show', (await record(of('notConfirmed'))).traceNumber ?? ''),
  },
  {
    asks: 'I paid 450,000 Tomans yesterday, I think',
    answer: ({ yesterdays }) => [`Order ${yesterdays('paid').orderId}`, 'The shop has the money'],
    desk: async (visit, { yesterdays }) => {
      await visit.goes('Find');
      await visit.fills({ q: String(yesterdays('paid').amount / 10), from: 'yesterday', until: 'yesterday' });
      await visit.presses('Find');
    },
    command: async (visit, { yesterdays }) => {
      const { amount, orderId } = yesterdays('paid');
      await visit.runs('find', String(amount / 10), 'tomans', ...YESTERDAY);
      await visit.runs('show', orderId);
    },
  },
  {
    asks: 'This is my receipt',
    answer: ({ of }) => [`Order ${of('anotherAmount', 2).orderId}`, 'not in the right amount'],
    desk: async (visit, { of, record }) =>
      visit.find((await record(of('anotherAmount', 2))).referenceNumber ?? ''),
    command: async (visit, { of, record }) =>
      visit.runs('show', '--', (await record(of('anotherAmount', 2))).referenceNumber ?? ''),
  },
  {
    asks: 'Order 88 was paid twice',
    answer: ({ of }) => [
      `Order ${of('paidTwice').orderId}`,
      'The shop has the money',
      'Other payments of the order',
    ],
    desk: async (visit, { of }) => {
      await visit.find(of('paidTwice').orderId);
      await visit.follows('paid');
    },
    command: (visit, { of }) => visit.runs('show', of('paidTwice').orderId),
  },
  {
    asks: 'Is anything wrong?',
    answer: ({ of }) => [
      'No buyer has come back from the bank since',
      `Order ${of('withoutAnswer').orderId}`,
      `Order ${of('unclear').orderId}`,
      `Order ${of('unknownToShop', 2).orderId} is paid and the shop does not know it`,
      `Order ${of('asked').orderId}: its next step has been overdue`,
    ],
    desk: () => Promise.resolve(),
    command: (visit) => visit.runs('attention'),
  },
  {
    asks: 'Why did nothing come in since 14:00?',
    answer: () => [
      'A POST to the callback is redirected (302) to /login',
      'keep logins off the payment path',
    ],
    desk: (visit) => visit.opens('No buyer has come back from the bank since'),
    command: async (visit) => {
      await visit.runs('attention');
      await visit.runsWithShop('doctor');
    },
  },
  {
    asks: 'How much came in yesterday?',
    answer: ({ confirmedOn, now }) => [rials(confirmedOn(daysLater(now, -1)).amount, 'en')],
    desk: async (visit) => {
      await visit.goes('Today');
      await visit.follows('The day before');
    },
    command: (visit) => visit.runs('today', '--day', 'yesterday'),
  },
  {
    asks: 'Why fewer than a week before?',
    answer: ({ confirmedOn, now }) => [
      rials(confirmedOn(daysLater(now, -1)).amount, 'en'),
      rials(confirmedOn(daysLater(now, -8)).amount, 'en'),
      'the buyer cancelled at the bank',
    ],
    desk: async (visit) => {
      await visit.goes('Today');
      await visit.follows('The day before');
    },
    command: (visit) => visit.runs('today', '--day', 'yesterday'),
  },
  {
    asks: 'Which payments wait for a person?',
    answer: ({ of }) =>
      ['withoutAnswer', 'unclear', 'anotherAmount', 'secondInReview'].map((name) => of(name, 1).orderId),
    desk: async (visit) => {
      await visit.goes('Payments');
      await visit.chooses('status', 'review');
      await visit.presses('Show');
    },
    command: (visit) => visit.runs('list', '--status', 'review'),
  },
  {
    asks: 'AtiPay says the money is there',
    answer: () => ['The shop has the money', 'Sara'],
    desk: async (visit, { of }) => {
      const { orderId } = of('withoutAnswer');
      await visit.opens(`Order ${orderId}`);
      await visit.fills({ text: 'AtiPay said so by phone' });
      await visit.presses(`Mark order ${orderId} as paid and serve it`);
    },
    command: async (visit, { invoice, of }) => {
      await visit.runs('attention');
      await visit.runs(
        'resolve',
        await invoice(of('withoutAnswer', 1)),
        'paid',
        ...yes('AtiPay said so by phone'),
      );
    },
  },
  {
    asks: 'The hook is repaired: call it again',
    answer: () => ['The shop has the money', 'The shop was informed'],
    desk: async (visit, { of, trial }) => {
      trial.brokenHooks.delete(of('unknownToShop').orderId);
      await visit.opens(`Order ${of('unknownToShop').orderId}`);
      await visit.presses('Call the shop’s hook now');
    },
    command: async (visit, { invoice, of }) => {
      await visit.runs('attention');
      await visit.runsWithShop('retry', await invoice(of('unknownToShop', 1)), '--by', 'Sara');
    },
  },
  {
    asks: 'Half of order 12 was given back',
    answer: ({ of }, index) => [`Of it, ${rials(of('paid', 10 + index).amount / 2, 'en')}`, 'given back'],
    desk: async (visit, { of }) => {
      const { orderId, amount } = of('paid', 10);
      await visit.find(orderId);
      await visit.unfolds('Give-back');
      await visit.chooses('unit', 'IRR');
      const form = visit.page.locator('form[action*="give-back"]');
      await form.locator('[name=amount]').fill(String(amount / 2));
      await form.locator('[name=reference]').fill('88123');
      await form.locator('[name=text]').fill('damaged');
      await visit.presses('Record the give-back');
    },
    command: async (visit, { invoice, of }) => {
      const order = of('paid', 11);
      await visit.runs('show', order.orderId);
      const half = ['--rials', String(order.amount / 2), '--reference', '88123'];
      await visit.runs('give-back', await invoice(order), ...half, ...yes('damaged'));
    },
  },
  {
    asks: 'Who decided this, why and when?',
    answer: ({ of }) => [`Order ${of('foundPaid').orderId}`, 'Reza', 'AtiPay said so by phone'],
    desk: (visit, { of }) => visit.find(of('foundPaid').orderId),
    command: (visit, { of }) => visit.runs('show', of('foundPaid').orderId),
  },
  {
    asks: 'Which of these 40 lines of the bank are not ours?',
    answer: () => ['no payment of this shop', ...OTHERS],
    desk: async (visit, scene) => {
      await visit.goes('Reconcile');
      await visit.page.locator('input[type=file]').setInputFiles(scene.report);
      await visit.presses('Compare');
    },
    command: (visit, scene) => visit.runs('reconcile', scene.report),
  },
  {
    asks: 'What did the bank not deposit?',
    answer: ({ notDeposited }) => ['paid here, not in the report', notDeposited.orderId],
    desk: async (visit, scene) => {
      await visit.goes('Reconcile');
      await visit.page.locator('input[type=file]').setInputFiles(scene.report);
      await visit.presses('Compare');
    },
    command: (visit, scene) => visit.runs('reconcile', scene.report),
  },
  {
    asks: 'The accountant wants Aban',
    answer: ({ yesterdays, of }) => [
      yesterdays('paid').orderId,
      of('givenBack').orderId,
      'give-back',
      '-50000',
    ],
    desk: async (visit, { now }) => {
      await visit.goes('Payments');
      const form = visit.page.locator('form[action*="/export"]');
      await form.locator('[name=from]').fill(dayText(daysLater(now, -9), 'en'));
      await form.locator('[name=until]').fill('today');
      await visit.downloads('Download for the accountant (CSV)');
    },
    command: (visit, { now }) =>
      visit.runs('export', '--from', dayText(daysLater(now, -9), 'en'), '--until', 'today'),
  },
  {
    asks: 'Is the shop set up rightly?',
    answer: () => ['A POST to the callback is redirected', 'AtiPay gave no usable answer to get-token'],
    desk: async (visit) => {
      await visit.goes('Doctor');
      await visit.presses('Ask AtiPay for a token of 1,000 Rials');
    },
    command: (visit) => visit.runsWithShop('doctor', '--token'),
  },
];
