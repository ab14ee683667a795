import type { AtipayError, AtipayErrorCode } from '../../errors';
import type { Locale } from '../../texts';

const FA: Partial<Record<AtipayErrorCode, string>> = {
  ERR_ATIPAY_PAYMENT_BUSY:
    'همین حالا کاری روی این پرداخت در جریان است (پرسش از آتی‌پی یا اعلام به فروشگاه). چند دقیقه دیگر دوباره تلاش کنید.',
  ERR_ATIPAY_NOT_IN_REVIEW: 'این پرداخت دیگر در دست بررسی نیست و تصمیمی لازم ندارد.',
  ERR_ATIPAY_NOTHING_PENDING: 'برای این پرداخت گام بعدی‌ای باقی نمانده است.',
  ERR_ATIPAY_GIVE_BACK:
    'این بازگشت وجه ثبت نشد: مبلغ باید عددی صحیح و با واحد باشد و جمع بازگشت‌ها از مبلغ پرداخت بیشتر نشود. فقط پرداختی که نتیجه و رسید دارد بازگشت وجه می‌پذیرد.',
  ERR_ATIPAY_RESOLUTION: 'توضیح، نام یا شماره‌ای که لازم است خالی یا خیلی طولانی است.',
  ERR_ATIPAY_PAYMENT_NOT_FOUND: 'چنین پرداختی نیست.',
  ERR_ATIPAY_STORE_LOCKED: 'این پرداخت همین حالا در پردازش دیگری است. کمی بعد دوباره تلاش کنید.',
};

/** Why an act was refused or a look failed, in the words of staff. A message for developers is passed on as it is. */
export const refusalText = ({ code, message }: AtipayError, locale: Locale): string =>
  locale === 'fa' ? (FA[code] ?? `این کار انجام نشد؛ این پیام را به برنامه‌نویس بدهید: ${message}`) : message;
