import { html, type Html } from '../html';
import type { Entry } from '../payment';
import { STATES, type SimulatorState } from '../states';
import { BANK_WORDS, type BankWords } from './bank-words';
import { DIGITS, type Language } from './language';
import type { Page } from './layout';

/** The bank's page: who is paid, how much, and the card form. */
export function bankPage(entry: Entry, now: number, language: Language): Page {
  const seconds = Math.max(1, Math.ceil((entry.expiresAt - now) / 1000));
  const words = BANK_WORDS[language];
  return {
    title: words.title,
    language,
    reloadAfter: seconds,
    script: COUNTDOWN,
    main: html`<h1 class="brand">${words.brand} <span>${words.simulator}</span></h1>
      <div class="columns">
        ${summary(entry, seconds, language)}
        <form method="post" class="card" aria-label="${words.card}">
          ${cardFields(words)}
          <div class="actions">
            <button class="pay" name="state" value="OK">
              ${words.pay(DIGITS[language].number(entry.amount))}
            </button>
            <button class="cancel" name="state" value="CanceledByUser">${words.cancel}</button>
          </div>
          <details>
            <summary>${words.others}</summary>
            <div class="endings">${Object.entries(words.endings).map(ending)}</div>
          </details>
        </form>
      </div>
      ${otherLanguage(language, words)}`,
  };
}

function otherLanguage(language: Language, words: BankWords): Html {
  const other = language === 'fa' ? 'en' : 'fa';
  return html`<p><a href="?lang=${other}" lang="${other}">${words.otherLanguage}</a></p>`;
}

function summary(entry: Entry, seconds: number, language: Language): Html {
  const words = BANK_WORDS[language];
  const { number, digits, time } = DIGITS[language];
  return html`<section class="card summary" aria-label="${words.facts}">
    <p class="clock">
      ${words.timeLeft} <span role="timer" data-seconds="${seconds}">${time(seconds)}</span>
    </p>
    <dl>
      <div class="amount">
        <dt>${words.amount}</dt>
        <dd>
          ${number(entry.amount)} <small>${words.rials}</small> <br /><small
            >${words.tomans(number(entry.amount / 10))}</small
          >
        </dd>
      </div>
      ${fact(words.merchant, entry.merchant.name ?? words.nameless)}
      ${fact(words.terminal, digits(entry.terminalId))}
      ${fact(words.site, html`<bdi>${new URL(entry.redirectUrl).host}</bdi>`)}
      ${fact(words.invoice, html`<bdi>${entry.invoiceNumber}</bdi>`)}
      ${entry.description !== undefined && fact(words.description, entry.description)}
    </dl>
  </section>`;
}

const fact = (name: string, value: string | Html): Html =>
  html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;

function cardFields(words: BankWords): Html {
  return html`<p class="quiet">${words.cardNote}</p>
    <label class="field">${words.cardNumber} <input dir="ltr" value="9999 9999 9999 9999" readonly /></label>
    <div class="pair">
      <label class="field">CVV2 <input dir="ltr" value="999" readonly /></label>
      <label class="field">${words.expiry} <input dir="ltr" value="99 / 12" readonly /></label>
    </div>
    <label class="field">${words.password} <input dir="ltr" value="999999" readonly /></label>`;
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
  const digit = (d) => document.documentElement.lang === 'fa' ? '۰۱۲۳۴۵۶۷۸۹'[d] : d;
  const two = (value) => String(value).padStart(2, '0').replace(/\\d/g, digit);
  timer.textContent = two(Math.floor(left / 60)) + ':' + two(left % 60);
  if (left === 0) { clearInterval(tick); location.reload(); }
}, 1000);`;
