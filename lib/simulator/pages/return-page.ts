import { html, type Html } from '../html';
import type { Entry } from '../payment';
import type { WayBack } from '../way-back';
import { BANK_WORDS, type BankWords } from './bank-words';
import { DIGITS, type Language } from './language';
import type { Page } from './layout';

/** The bank's last page: takes the buyer and the outcome back to the shop. */
export function returnPage(entry: Entry, way: WayBack, language: Language): Page {
  const words = BANK_WORDS[language];
  return {
    title: words.backTitle,
    language,
    ...(!way.never && { script: "document.getElementById('return').submit();" }),
    main: html`<section class="card">
      <h1>${entry.state === 'OK' ? words.paid : words.notPaid}</h1>
      ${receipt(entry, language)} ${way.never ? html`<p>${words.closed}</p>` : backForm(entry, way, words)}
    </section>`,
  };
}

function receipt(entry: Entry, language: Language): Html {
  const words = BANK_WORDS[language];
  const { number, digits } = DIGITS[language];
  return html`<dl>
    <div class="amount">
      <dt>${words.amount}</dt>
      <dd>${number(entry.amount)} <small>${words.rials}</small></dd>
    </div>
    <div>
      <dt>${words.status}</dt>
      <dd><code dir="ltr">${entry.state}</code></dd>
    </div>
    ${
      entry.traceNumber !== undefined &&
      html`<div>
        <dt>${words.traceNumber}</dt>
        <dd>${digits(entry.traceNumber)}</dd>
      </div>`
    }
  </dl>`;
}

function backForm(entry: Entry, { fields }: WayBack, words: BankWords): Html {
  return html`<form id="return" method="post" action="${entry.redirectUrl}">
    ${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    <div class="actions"><button class="pay">${words.back}</button></div>
  </form>`;
}
