import { html, type Html } from '../html';
import type { Entry } from '../payment';
import { STATES, type SimulatorState } from '../states';
import type { Page } from './layout';
import { persianDigits, persianNumber, persianTime } from './numbers';

const OTHER_ENDINGS: Record<Exclude<SimulatorState, 'OK' | 'CanceledByUser'>, string> = {
  Failed: 'پرداخت ناموفق (موجودی، رمز، …)',
  SessionIsNull: 'پایان مهلت خریدار',
  InvalidParameters: 'پارامترهای نامعتبر',
  MerchantIpAddressIsInvalid: 'نشانی سرور نامعتبر',
  TokenNotFound: 'توکن یافت نشد',
  TokenRequired: 'ترمینال فقط توکنی',
  TerminalNotFound: 'ترمینال یافت نشد',
};

/** The bank's page: who is paid, how much, and the card form. */
export function bankPage(entry: Entry, now: number): Page {
  const seconds = Math.max(1, Math.ceil((entry.expiresAt - now) / 1000));
  return {
    title: 'پرداخت اینترنتی (شبیه‌ساز)',
    reloadAfter: seconds,
    script: COUNTDOWN,
    main: html`<h1 class="brand">درگاه پرداخت اینترنتی <span>شبیه‌ساز آتی‌پی</span></h1>
      <div class="columns">
        ${summary(entry, seconds)}
        <form method="post" class="card" aria-label="اطلاعات کارت">
          ${cardFields()}
          <div class="actions">
            <button class="pay" name="state" value="OK">پرداخت ${persianNumber(entry.amount)} ریال</button>
            <button class="cancel" name="state" value="CanceledByUser">انصراف</button>
          </div>
          <details>
            <summary>پایان‌های دیگر (برای آزمون فروشگاه)</summary>
            <div class="endings">${Object.entries(OTHER_ENDINGS).map(ending)}</div>
          </details>
        </form>
      </div>`,
  };
}

function summary(entry: Entry, seconds: number): Html {
  return html`<section class="card summary" aria-label="مشخصات پرداخت">
    <p class="clock">
      زمان باقی‌مانده: <span role="timer" data-seconds="${seconds}">${persianTime(seconds)}</span>
    </p>
    <dl>
      <div class="amount">
        <dt>مبلغ</dt>
        <dd>
          ${persianNumber(entry.amount)} <small>ریال</small> <br /><small
            >معادل ${persianNumber(entry.amount / 10)} تومان</small
          >
        </dd>
      </div>
      <div>
        <dt>پذیرنده</dt>
        <dd>${entry.merchant.name ?? 'پذیرندهٔ بی‌نام'}</dd>
      </div>
      <div>
        <dt>شماره ترمینال</dt>
        <dd>${persianDigits(entry.terminalId)}</dd>
      </div>
      <div>
        <dt>سایت پذیرنده</dt>
        <dd><bdi>${new URL(entry.redirectUrl).host}</bdi></dd>
      </div>
      <div>
        <dt>شناسهٔ خرید</dt>
        <dd><bdi>${entry.invoiceNumber}</bdi></dd>
      </div>
      ${
        entry.description !== undefined &&
        html`<div>
          <dt>توضیحات</dt>
          <dd>${entry.description}</dd>
        </div>`
      }
    </dl>
  </section>`;
}

function cardFields(): Html {
  return html`<p class="quiet">کارت زیر ساختگی است؛ شمارهٔ کارت خود را ننویسید.</p>
    <label class="field">شمارهٔ کارت <input dir="ltr" value="9999 9999 9999 9999" readonly /></label>
    <div class="pair">
      <label class="field">CVV2 <input dir="ltr" value="999" readonly /></label>
      <label class="field">تاریخ انقضا <input dir="ltr" value="99 / 12" readonly /></label>
    </div>
    <label class="field">رمز پویا <input dir="ltr" value="999999" readonly /></label>`;
}

const ending = ([state, text]: [string, string]): Html =>
  html`<button name="state" value="${state}">
    ${text} <code dir="ltr">${STATES[state as SimulatorState]} ${state}</code>
  </button>`;

const COUNTDOWN = `
const timer = document.querySelector('[data-seconds]');
const end = performance.now() + timer.dataset.seconds * 1000;
const tick = setInterval(() => {
  const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
  const two = (value) => String(value).padStart(2, '0').replace(/\\d/g, (d) => '۰۱۲۳۴۵۶۷۸۹'[d]);
  timer.textContent = two(Math.floor(left / 60)) + ':' + two(left % 60);
  if (left === 0) { clearInterval(tick); location.reload(); }
}, 1000);`;
