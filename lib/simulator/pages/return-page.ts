import { html, type Html } from '../html';
import type { Entry } from '../payment';
import type { WayBack } from '../way-back';
import type { Page } from './layout';
import { persianDigits, persianNumber } from './numbers';

/** The bank's last page: takes the buyer, and what the shop is to know, back to the shop. */
export function returnPage(entry: Entry, way: WayBack): Page {
  return {
    title: 'بازگشت به فروشگاه (شبیه‌ساز)',
    ...(!way.never && { script: "document.getElementById('return').submit();" }),
    main: html`<section class="card">
      <h1>${entry.state === 'OK' ? 'پرداخت انجام شد' : 'پرداخت انجام نشد'}</h1>
      ${receipt(entry)} ${way.never ? closed : backForm(entry, way)}
    </section>`,
  };
}

function receipt(entry: Entry): Html {
  return html`<dl>
    <div class="amount">
      <dt>مبلغ</dt>
      <dd>${persianNumber(entry.amount)} <small>ریال</small></dd>
    </div>
    <div>
      <dt>وضعیت</dt>
      <dd><code dir="ltr">${entry.state}</code></dd>
    </div>
    ${
      entry.traceNumber !== undefined &&
      html`<div>
        <dt>شماره پیگیری</dt>
        <dd>${persianDigits(entry.traceNumber)}</dd>
      </div>`
    }
  </dl>`;
}

const closed = html`<p>شبیه‌سازی خطا: خریدار همین‌جا صفحه را می‌بندد و به فروشگاه برنمی‌گردد.</p>`;

function backForm(entry: Entry, { fields }: WayBack): Html {
  return html`<form id="return" method="post" action="${entry.redirectUrl}">
    ${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    <div class="actions"><button class="pay">بازگشت به فروشگاه</button></div>
  </form>`;
}
