import { html } from '../html';
import type { Page } from './layout';

/** Why a token does not lead to the bank. */
export type TokenProblem = 'missing' | 'unknown' | 'expired' | 'used';

const PROBLEMS: Record<TokenProblem, { state: string; text: string }> = {
  missing: { state: 'TokenRequired', text: 'توکنی فرستاده نشده است. فرم باید فیلد token داشته باشد.' },
  unknown: { state: 'TokenNotFound', text: 'توکن فرستاده‌شده یافت نشد.' },
  expired: { state: 'TokenNotFound', text: 'مهلت استفاده از این توکن گذشته است.' },
  used: {
    state: 'TokenNotFound',
    text: 'این توکن پیش‌تر به کار رفته است. هر توکن فقط یک بار پذیرفته می‌شود.',
  },
};

/** The page in place of the bank's. It has no way back, since the gateway knows none. */
export function gatewayErrorPage(problem: TokenProblem): Page {
  const { state, text } = PROBLEMS[problem];
  return {
    title: 'خطای درگاه پرداخت',
    main: html`<section class="card">
      <h1>پرداخت ممکن نیست</h1>
      <p>${text}</p>
      <p class="quiet">کد: <code dir="ltr">${state}</code></p>
      <p>برای پرداخت دوباره، به فروشگاه برگردید.</p>
    </section>`,
  };
}
