import type { SimulatorPaymentStatus } from '../payment';
import type { Language } from './language';

/** The texts of the control page. */
export interface ControlWords {
  title: string;
  terminal: string;
  reload: string;
  otherLanguage: string;
  money: string;
  taken: string;
  verified: string;
  unverified: string;
  returned: string;
  sum: (amount: string) => string;
  count: (count: string) => string;
  clock: string;
  now: string;
  minutes: (count: string) => string;
  tokensExpire: string;
  moneyReturns: string;
  payments: string;
  statuses: Readonly<Record<SimulatorPaymentStatus, string>>;
  noPayments: string;
  older: string;
  newest: string;
  faults: string;
  noFaults: string;
  another: string;
  what: string;
  times: string;
  timesHint: string;
  set: string;
  struck: (count: string) => string;
  clear: string;
  clearAll: string;
  calls: string;
  noCalls: string;
}

const en: ControlWords = {
  title: 'AtiPay simulator',
  terminal: 'terminal',
  reload: 'reload',
  otherLanguage: 'فارسی',
  money: 'Money',
  taken: 'Taken',
  verified: 'Verified: the shop’s',
  unverified: 'Waiting to be verified',
  returned: 'Returned to buyers',
  sum: (amount) => `${amount} Rials`,
  count: (count) => `in ${count}`,
  clock: 'Clock',
  now: 'Time in the simulator:',
  minutes: (count) => `+${count} min`,
  tokensExpire: 'tokens expire',
  moneyReturns: 'unverified money goes back',
  payments: 'Payments',
  statuses: {
    'token issued': 'token issued',
    'at bank': 'at bank',
    taken: 'taken',
    verified: 'verified',
    returned: 'returned',
    cancelled: 'cancelled',
    failed: 'failed',
    expired: 'expired',
  },
  noPayments: 'No token has been asked for yet.',
  older: 'Older payments',
  newest: 'Newest payments',
  faults: 'Faults',
  noFaults: 'Nothing goes wrong.',
  another: 'Another fault',
  what: 'What goes wrong',
  times: 'Times',
  timesHint: '1, or always',
  set: 'Set the fault',
  struck: (count) => `struck ${count} times`,
  clear: 'Clear',
  clearAll: 'Clear all faults',
  calls: 'Calls',
  noCalls: 'The shop has not called yet.',
};

const fa: ControlWords = {
  title: 'شبیه‌ساز آتی‌پی',
  terminal: 'ترمینال',
  reload: 'بارگذاری دوباره',
  otherLanguage: 'English',
  money: 'مبالغ',
  taken: 'دریافت‌شده از خریداران',
  verified: 'تأییدشده: سهم فروشگاه',
  unverified: 'در انتظار تأیید',
  returned: 'برگشته به خریداران',
  sum: (amount) => `${amount} ریال`,
  count: (count) => `در ${count} پرداخت`,
  clock: 'ساعت',
  now: 'زمان شبیه‌ساز:',
  minutes: (count) => `${count} دقیقه جلو`,
  tokensExpire: 'توکن‌ها باطل می‌شوند',
  moneyReturns: 'مبلغ تأییدنشده برمی‌گردد',
  payments: 'پرداخت‌ها',
  statuses: {
    'token issued': 'توکن صادر شد',
    'at bank': 'در صفحه بانک',
    taken: 'در انتظار تأیید',
    verified: 'تأییدشده',
    returned: 'برگشت‌خورده',
    cancelled: 'انصراف خریدار',
    failed: 'ناموفق',
    expired: 'منقضی',
  },
  noPayments: 'هنوز توکنی درخواست نشده است.',
  older: 'پرداخت‌های قدیمی‌تر',
  newest: 'تازه‌ترین پرداخت‌ها',
  faults: 'خطاها',
  noFaults: 'خطایی تنظیم نشده است.',
  another: 'خطایی دیگر',
  what: 'نوع خطا',
  times: 'تعداد',
  timesHint: '1 یا always',
  set: 'تنظیم خطا',
  struck: (count) => `${count} بار رخ داده`,
  clear: 'حذف',
  clearAll: 'حذف همه خطاها',
  calls: 'درخواست‌ها',
  noCalls: 'هنوز درخواستی از فروشگاه نیامده است.',
};

/** The control page's words by language. */
export const CONTROL_WORDS: Readonly<Record<Language, ControlWords>> = { en, fa };
