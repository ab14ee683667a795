import type { HistoryTexts } from '../history';
import { reason, words } from './words';

/** History entries in Persian, as the command and the desk show them. */
export const historyFa: HistoryTexts = {
  created: ({ order, amount }) => `سفارش ${order}: مبلغ قابل پرداخت ${amount} ریال`,
  tokenGiven: () => 'آتی‌پی توکن داد',
  tokenRefused: ({ code, description }) => `آتی‌پی توکن نداد${reason(code, description)}`,
  tokenUnanswered: ({ problem }) => `پاسخی از آتی‌پی برای توکن نیامد${words(problem)}`,
  tokenNeverCame: () => 'توکنی نیامد: پروسه‌ای که آن را خواسته بود متوقف شده است',
  buyerNeverReturned: () => 'خریدار در مهلت مقرر برنگشت',
  buyerFailed: ({ state }) => `درگاه خریدار را با این نتیجه برگرداند${words(state)}`,
  claimed: ({ receipt }) => `خریدار با رسید ${receipt} برگشت؛ تأیید پرداخت درخواست شد`,
  orderTaken: ({ receipt }) => `${back(receipt)}پرداخت دیگری برای این سفارش در جریان است`,
  payableUnknown: ({ receipt }) => `${back(receipt)}فروشگاه نتوانست بگوید سفارش هنوز قابل پرداخت است یا نه`,
  orderPaid: ({ receipt }) => `${back(receipt)}تأیید درخواست نشد: سفارش با پرداخت دیگری پرداخت شده است`,
  orderInReview: ({ receipt }) => `${back(receipt)}تأیید درخواست نشد: پرداخت دیگری از سفارش در دست بررسی است`,
  orderNotPayable: ({ receipt }) =>
    `${back(receipt)}تأیید درخواست نشد: به گفته فروشگاه سفارش دیگر قابل پرداخت نیست`,
  windowMissed: () => 'تأیید درخواست نشد: مهلت آن گذشته است',
  verifyRepeated: ({ attempt }) => `تأیید پرداخت دوباره درخواست شد (بار ${attempt})`,
  verifyLost: ({ attempt }) =>
    `نتیجه درخواست تأیید (بار ${attempt}) معلوم نیست: پروسه متوقف شد یا ارتباط آن با پایگاه داده قطع شد؛ دوباره درخواست می‌شود`,
  verifyUnanswered: ({ attempt }) =>
    `پاسخی به درخواست تأیید نیامد (بار ${attempt})؛ بعداً دوباره درخواست می‌شود`,
  verifyTimedOut: ({ attempt }) => `در مهلت مقرر پاسخی به درخواست تأیید نیامد (${attempt} بار)`,
  verifyRefused: ({ code, description }) => `آتی‌پی پرداخت را تأیید نکرد${reason(code, description)}`,
  shopRefused: ({ code, description }) =>
    `آتی‌پی به دلیلی مربوط به فروشگاه تأیید نکرد${reason(code, description)}؛ بعداً دوباره درخواست می‌شود`,
  amountConfirmed: ({ amount }) => `آتی‌پی مبلغ ${amount} ریال را تأیید کرد`,
  amountDiffers: ({ amount, expected }) => `آتی‌پی به‌جای ${expected} ریال، ${amount} ریال اعلام کرد`,
  hookDelivered: () => 'نتیجه به فروشگاه اعلام شد',
  hookSkipped: () => 'به فروشگاه اعلام نشد: پرداخت دیگری از سفارش در جریان است یا انجام شده است',
  hookThrew: ({ call, problem }) => `اعلام به فروشگاه خطا داد (بار ${call})${words(problem)}`,
  hookLost: ({ call }) =>
    `نتیجه اعلام به فروشگاه (بار ${call}) معلوم نیست: پروسه متوقف شد یا ارتباط آن با پایگاه داده قطع شد؛ دوباره اعلام می‌شود`,
  hookUndone: ({ call }) =>
    `پایگاه داده نتیجه اعلام به فروشگاه (بار ${call}) را از دست داد؛ دوباره اعلام می‌شود`,
  resolved: ({ text }, { status, by }) =>
    `${by ?? 'فروشگاه'} آن را ${status === 'paid' ? 'پرداخت‌شده' : 'ناموفق'} ثبت کرد${words(text)}`,
  retried: (_data, { by }) => `${by ?? 'فروشگاه'} خواست که گام بعدی همین حالا انجام شود`,
  noted: ({ text }, { by }) => `یادداشت ${by ?? 'فروشگاه'}${words(text)}`,
  gaveBack: ({ amount, reference, text }, { by }) =>
    `${by ?? 'فروشگاه'} بازگرداندن ${amount} ریال (${reference}) را ثبت کرد${words(text)}`,
  purged: (_data, { by }) => `${by ?? 'فروشگاه'} اطلاعات شخصی را پاک کرد`,
};

const back = (receipt: string): string => (receipt === '' ? '' : `خریدار با رسید ${receipt} برگشت؛ `);
