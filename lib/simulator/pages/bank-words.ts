import type { SimulatorState } from '../states';
import type { Language } from './language';

type OtherEnding = Exclude<SimulatorState, 'OK' | 'CanceledByUser'>;

/** The texts of the bank's pages. */
export interface BankWords {
  title: string;
  brand: string;
  simulator: string;
  facts: string;
  timeLeft: string;
  amount: string;
  rials: string;
  tomans: (amount: string) => string;
  merchant: string;
  nameless: string;
  terminal: string;
  site: string;
  invoice: string;
  description: string;
  card: string;
  cardNote: string;
  cardNumber: string;
  expiry: string;
  password: string;
  pay: (amount: string) => string;
  cancel: string;
  others: string;
  endings: Record<OtherEnding, string>;
  otherLanguage: string;
  backTitle: string;
  paid: string;
  notPaid: string;
  status: string;
  traceNumber: string;
  closed: string;
  back: string;
}

const fa: BankWords = {
  title: 'پرداخت اینترنتی (شبیه‌ساز)',
  brand: 'درگاه پرداخت اینترنتی',
  simulator: 'شبیه‌ساز آتی‌پی',
  facts: 'مشخصات پرداخت',
  timeLeft: 'زمان باقی‌مانده:',
  amount: 'مبلغ',
  rials: 'ریال',
  tomans: (amount) => `معادل ${amount} تومان`,
  merchant: 'پذیرنده',
  nameless: 'پذیرنده نمونه',
  terminal: 'شماره ترمینال',
  site: 'سایت پذیرنده',
  invoice: 'شماره فاکتور',
  description: 'توضیحات',
  card: 'اطلاعات کارت',
  cardNote: 'کارت زیر ساختگی است؛ شماره کارت خود را وارد نکنید.',
  cardNumber: 'شماره کارت',
  expiry: 'تاریخ انقضا',
  password: 'رمز پویا',
  pay: (amount) => `پرداخت ${amount} ریال`,
  cancel: 'انصراف',
  others: 'نتیجه‌های دیگر (برای آزمایش)',
  endings: {
    Failed: 'پرداخت ناموفق (موجودی، رمز، …)',
    SessionIsNull: 'پایان مهلت پرداخت',
    InvalidParameters: 'پارامترهای نامعتبر',
    MerchantIpAddressIsInvalid: 'نشانی سرور نامعتبر',
    TokenNotFound: 'توکن یافت نشد',
    TokenRequired: 'این ترمینال فقط پرداخت با توکن می‌پذیرد',
    TerminalNotFound: 'ترمینال یافت نشد',
  },
  otherLanguage: 'English',
  backTitle: 'بازگشت به فروشگاه (شبیه‌ساز)',
  paid: 'پرداخت انجام شد',
  notPaid: 'پرداخت انجام نشد',
  status: 'وضعیت',
  traceNumber: 'شماره پیگیری',
  closed: 'شبیه‌سازی خطا: خریدار همین‌جا صفحه را می‌بندد و به فروشگاه برنمی‌گردد.',
  back: 'بازگشت به فروشگاه',
};

const en: BankWords = {
  title: 'Online payment (simulator)',
  brand: 'Online payment',
  simulator: 'AtiPay simulator',
  facts: 'Payment',
  timeLeft: 'Time left:',
  amount: 'Amount',
  rials: 'Rials',
  tomans: (amount) => `${amount} Tomans`,
  merchant: 'Merchant',
  nameless: 'Merchant without a name',
  terminal: 'Terminal',
  site: 'Site',
  invoice: 'Invoice',
  description: 'Description',
  card: 'Card',
  cardNote: 'This card does not exist. Do not enter your own.',
  cardNumber: 'Card number',
  expiry: 'Expires',
  password: 'One-time password',
  pay: (amount) => `Pay ${amount} Rials`,
  cancel: 'Cancel',
  others: 'Other endings, to test a shop with',
  endings: {
    Failed: 'Not paid (funds, password, …)',
    SessionIsNull: 'The buyer ran out of time',
    InvalidParameters: 'Invalid parameters',
    MerchantIpAddressIsInvalid: 'Invalid server address',
    TokenNotFound: 'No such token',
    TokenRequired: 'Terminal takes tokens only',
    TerminalNotFound: 'No such terminal',
  },
  otherLanguage: 'فارسی',
  backTitle: 'Back to the shop (simulator)',
  paid: 'Paid',
  notPaid: 'Not paid',
  status: 'Status',
  traceNumber: 'Trace number',
  closed: 'A simulated fault: the buyer closes this page and does not return to the shop.',
  back: 'Back to the shop',
};

/** The bank's words by language. */
export const BANK_WORDS: Readonly<Record<Language, BankWords>> = { fa, en };
