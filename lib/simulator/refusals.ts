import { json, type Answer } from './answer';
import { javaDouble } from './amount';
import type { Settings } from './options';

/** Why a web service said no. Codes up to 12 and 21 are Table 1's, the others are the simulator's. */
export interface Refusal {
  code: number;
  /** Persian, for the developer. */
  message: string;
}

export const refusals = {
  invalid: (message: string): Refusal => ({ code: 5, message }),
  missing: (field: string): Refusal => ({ code: 5, message: `پارامتر ${field} ارسال نشده است.` }),
  address: (ip: string): Refusal => ({
    code: 8,
    message: `درخواست از نشانی ${ip} آمده که نشانی ثبت‌شدهٔ سرور این پذیرنده نیست.`,
  }),
  terminal: (): Refusal => ({ code: 12, message: 'این رسید با این شماره ترمینال گرفته نشده است.' }),
  apiKey: (): Refusal => ({ code: 20, message: 'کلید پذیرنده (apiKey) نامعتبر است.' }),
  duplicate: (invoice: string): Refusal => ({
    code: 24,
    message: `شناسهٔ خرید ${invoice} پیش‌تر به کار رفته است.`,
  }),
  receipt: (): Refusal => ({ code: 22, message: 'رسیدی با این شماره برای این پذیرنده یافت نشد.' }),
  returned: (): Refusal => ({
    code: 23,
    message: 'این پرداخت در مهلت مقرر تایید نشد و مبلغ آن به خریدار برگشته است.',
  }),
} as const;

/** get-token's no, in the configured form. */
export function refuseToken(refusal: Refusal, settings: Settings, status = 200): Answer {
  if (settings.tokenRefusal === 'message') return json({ faMessage: refusal.message }, status);
  const code = String(refusal.code);
  return json({ status: code, token: null, errorCode: code, errorDescription: refusal.message }, status);
}

/** verify-payment's no, in the configured form. */
export function refuseVerify(refusal: Refusal, settings: Settings, status = 200): Answer {
  if (settings.verifyRefusal === 'amount') {
    return { ...json({}, status), body: `{"amount":${javaDouble(-refusal.code)}}` };
  }
  return json({ errorCode: String(refusal.code), faMessage: refusal.message }, status);
}
