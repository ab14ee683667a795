import type { ExplainTexts, Facts } from '../explain';

const trace = ({ trace: number }: Facts): string => (number === '' ? '' : ` شماره پیگیری شما ${number} است.`);
const RETURNS = 'اگر مبلغی از حساب شما کسر شده باشد، به‌طور خودکار به همان کارت بازمی‌گردد.';
const CHECKING = 'پرداخت شما در دست بررسی است. لطفاً دوباره پرداخت نکنید؛ با شما تماس می‌گیریم.';

/** Where the money is, in Persian. */
export const explainFa: ExplainTexts = {
  after: (time) => `پس از ${time}`,
  overdue: (ago) => `در بازبینی دوره‌ای بعدی (${ago} از موعد آن گذشته است)`,
  money: {
    created: () => 'پولی جابه‌جا نشده است: آتی‌پی هنوز توکن نداده و خریدار نتوانسته پرداخت کند.',
    pending: ({ begunAgo }) =>
      `پولی به فروشگاه نرسیده است: خریدار ${begunAgo} پیش به صفحه بانک رفته و هنوز برنگشته است. ` +
      'اگر پرداخت کرده و برنگشته باشد، مبلغ به‌طور خودکار به او برمی‌گردد.',
    received: ({ receipt, waits }) =>
      `پول نزد آتی‌پی است: خریدار پرداخت کرده (رسید ${receipt}) و فروشگاه هنوز آن را مطالبه نکرده است` +
      `${waits === '' ? '' : `: ${waits}`}. مبلغی که مطالبه نشود، به‌طور خودکار به خریدار برمی‌گردد.`,
    verifying: ({ amount, receipt, attempts, next }) =>
      `در انتظار تأیید آتی‌پی: ${amount} (رسید ${receipt})؛ ${attempts} درخواست شده و هنوز پاسخی نیامده است. ` +
      (next === '' ? '' : `درخواست بعدی: ${next}.`),
    paid: (facts) =>
      `پول به حساب فروشگاه آمده است: ${confirmed(facts)}. نتیجه در ${facts.deliveredAt} به سایت فروشگاه اعلام شد.`,
    paidNotDelivered: (facts) => `پول به حساب فروشگاه آمده است: ${confirmed(facts)}. ${undelivered(facts)}`,
    failedByHand: ({ byHand }) =>
      `پول نزد فروشگاه نیست؛ تصمیم را ${byHand || 'فروشگاه'} ثبت کرده است. آتی‌پی درخواست بازگشت وجه ندارد: مبلغ به روش دیگری بازگردانده شده است.`,
    failedWithoutReceipt: ({ reason }) =>
      `پولی به فروشگاه نرسیده است: ${reason}. اگر بانک مبلغی کسر کرده باشد، به‌طور خودکار برمی‌گردد.`,
    failedUntouched: ({ reason }) => `پولی جابه‌جا نشده است: ${reason} و خریدار به صفحه بانک نرسیده است.`,
    failedRefused: ({ receipt, gatewaySaid }) =>
      `پول نزد فروشگاه نیست: آتی‌پی رسید ${receipt} را تأیید نکرد (${gatewaySaid || 'دلیلی ثبت نشده است'}). ` +
      'مبلغ کسرشده به‌طور خودکار به خریدار برمی‌گردد.',
    failedReturned: ({ receipt, reason }) =>
      `پول در راه بازگشت به خریدار است: تأیید رسید ${receipt} درخواست نشده (${reason}) و آتی‌پی آن را به‌طور خودکار برمی‌گرداند.`,
    reviewAmount: ({ receipt, gatewaySaid, amount }) =>
      `پول احتمالاً نزد فروشگاه است ولی نه با مبلغ درست: رسید ${receipt}: ${gatewaySaid || `مبلغی غیر از ${amount}`}. ` +
      'سفارش انجام نشده است و باید یک نفر تصمیم بگیرد.',
    reviewUnclear: ({ receipt, amount }) =>
      `نامشخص: آتی‌پی رسید ${receipt} را رد کرده، پس از آن‌که درخواست قبلی بی‌پاسخ مانده بود و شاید ${amount} با همان برداشت شده باشد. ` +
      'سفارش انجام نشده است و باید یک نفر تصمیم بگیرد.',
    reviewTimedOut: ({ receipt, amount, attempts, next }) =>
      `نامشخص: خریدار ${amount} پرداخت کرده (رسید ${receipt}) و آتی‌پی به ${attempts} درخواست تأیید پاسخ نداده است. ` +
      'سفارش انجام نشده است و باید یک نفر تصمیم بگیرد. ' +
      (next === ''
        ? 'دیگر از آتی‌پی پرسیده نمی‌شود.'
        : `تا آن زمان هر ساعت از آتی‌پی پرسیده می‌شود؛ بار بعد ${next}.`),
  },
  buyer: {
    created: () => 'هنوز پرداختی دریافت نشده است. لطفاً از صفحه سفارش خود دوباره پرداخت را شروع کنید.',
    pending: () =>
      `هنوز پرداختی دریافت نشده است. اگر صفحه بانک باز است، پرداخت را همان‌جا کامل کنید. ${RETURNS}`,
    received: () => 'پرداخت شما دریافت شد و در انتظار تأیید است. لطفاً دوباره پرداخت نکنید.',
    verifying: () =>
      'پرداخت شما دریافت شد و در انتظار تأیید بانک است. لطفاً دوباره پرداخت نکنید؛ نتیجه را در صفحه سفارش خود می‌بینید.',
    paid: (facts) => `پرداخت شما ثبت شده است.${trace(facts)}`,
    paidNotDelivered: (facts) =>
      `پرداخت شما رسیده است و سفارش شما به‌زودی به‌روز می‌شود. لطفاً دوباره پرداخت نکنید.${trace(facts)}`,
    failedByHand: () =>
      'این پرداخت بررسی شد و انجام نشده است. اگر مبلغی از حساب شما کسر شده و بازنگشته است، شماره فاکتور را به ما اعلام کنید.',
    failedWithoutReceipt: () => `پرداخت انجام نشد. ${RETURNS} می‌توانید دوباره پرداخت کنید.`,
    failedUntouched: () => 'پرداخت شروع نشد و مبلغی از حساب شما کسر نشده است. لطفاً دوباره پرداخت کنید.',
    failedRefused: () => `پرداخت تأیید نشد. ${RETURNS} می‌توانید دوباره پرداخت کنید.`,
    failedReturned: () => 'این پرداخت پذیرفته نشد. مبلغ آن به‌طور خودکار به کارت شما بازمی‌گردد.',
    reviewAmount: () => CHECKING,
    reviewUnclear: () => CHECKING,
    reviewTimedOut: () => CHECKING,
  },
  givenBack: ({ givenBack, whole }) =>
    whole ? `همهٔ آن (${givenBack}) بازگردانده شده است.` : `از این مبلغ، ${givenBack} بازگردانده شده است.`,
  buyerGivenBack: ({ givenBack, whole }) =>
    whole
      ? `مبلغ پرداخت شما بازگردانده شده است: ${givenBack}.`
      : `پرداخت شما ثبت شده و ${givenBack} از آن بازگردانده شده است.`,
};

const confirmed = ({ amount, confirmedAt, byHand, receipt }: Facts): string =>
  byHand === ''
    ? `آتی‌پی ${amount} را در ${confirmedAt} تأیید کرد (رسید ${receipt})`
    : `${amount}، تأیید دستی در ${confirmedAt} توسط ${byHand} (رسید ${receipt})`;

function undelivered({ uncalled, calls, applied, next }: Facts): string {
  const due = next === '' ? '' : ` نوبت بعد: ${next}.`;
  if (uncalled) return `سایت فروشگاه هنوز خبر ندارد.${due}`;
  const done = applied ? ' (تراکنش آن انجام شده است)' : '';
  return `سایت فروشگاه هنوز خبر ندارد: ${calls} به آن اعلام شده و به نتیجه نرسیده است${done}.${due}`;
}
