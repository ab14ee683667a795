import type { ActiveFault } from '../faults';
import { html, type Html } from '../html';
import type { LedgerTotals, SimulatorCall, Sum } from '../ledger';
import type { SimulatorPayment } from '../payment';
import { callsSection } from './calls-section';
import { CONTROL_WORDS, type ControlWords } from './control-words';
import { faultsSection } from './faults-section';
import { DIGITS, query, type Digits, type Language } from './language';
import type { Page } from './layout';
import { moment } from './moment';

/** The values of the control page. */
export interface Overview {
  now: number;
  url: string;
  terminals: string[];
  totals: LedgerTotals;
  faults: ActiveFault[];
  payments: SimulatorPayment[];
}

/** How the page is looked at. */
export interface ControlView {
  language: Language;
  /** Only payments before the one with this token. */
  before: string | undefined;
}

const SHOWN = 200;
const PAGE = 50;

/** The control page: money, clock, payments, faults, calls. */
export function controlPage(state: Overview, calls: SimulatorCall[], view: ControlView): Page {
  const { language } = view;
  const words = CONTROL_WORDS[language];
  const digits = DIGITS[language];
  const other = language === 'en' ? 'fa' : 'en';
  return {
    title: words.title,
    language,
    main: html`<h1>${words.title}</h1>
      <p>
        <code>gatewayUrl</code> <code>${state.url}</code> · ${words.terminal}
        <code>${state.terminals.join(', ')}</code> ·
        <a href="/simulator${query({ language })}">${words.reload}</a> ·
        <a href="/simulator${query({ language: other })}" lang="${other}">${words.otherLanguage}</a>
      </p>
      ${money(state.totals, words, digits)} ${clock(state.now, language)}
      <section class="card">
        <h2>${words.payments}</h2>
        ${payments(state.payments, view)}
      </section>
      ${faultsSection(state.faults, language)}
      <section class="card">
        <h2>${words.calls}</h2>
        <div lang="en" dir="ltr">${callsSection(calls.slice(-SHOWN), words.noCalls)}</div>
      </section>`,
  };
}

function money(
  { taken, verified, unverified, returned }: LedgerTotals,
  words: ControlWords,
  digits: Digits,
): Html {
  const tile = (name: string, { count, amount }: Sum) =>
    html`<div class="card">
      <dt>${name}</dt>
      <dd>${words.sum(digits.number(amount))} <small>${words.count(digits.number(count))}</small></dd>
    </div>`;
  return html`<dl class="tiles" aria-label="${words.money}">
    ${tile(words.taken, taken)} ${tile(words.verified, verified)} ${tile(words.unverified, unverified)}
    ${tile(words.returned, returned)}
  </dl>`;
}

function clock(now: number, language: Language): Html {
  const words = CONTROL_WORDS[language];
  const minutes = (count: number, what: string) =>
    html`<button name="ms" value="${count * 60_000}">
      ${words.minutes(DIGITS[language].number(count))}<span class="quiet"> ${what}</span>
    </button>`;
  return html`<section class="card">
    <h2>${words.clock}</h2>
    <p>${words.now} <bdi>${moment(now)}</bdi></p>
    <form method="post" action="/simulator/clock${query({ language })}" class="actions">
      ${minutes(1, '')} ${minutes(15, words.tokensExpire)} ${minutes(30, words.moneyReturns)}
    </form>
  </section>`;
}

/** One page of payments, the newest first. A token that is not there begins at the newest. */
function payments(all: SimulatorPayment[], { language, before }: ControlView): Html {
  const words = CONTROL_WORDS[language];
  if (all.length === 0) return html`<p class="quiet">${words.noPayments}</p>`;
  const found = all.findIndex(({ token }) => token === before);
  const end = found < 0 ? all.length : found;
  const shown = all.slice(Math.max(0, end - PAGE), end);
  const oldest = end > PAGE ? shown[0]?.token : undefined;
  return html`<ul class="list">
      ${shown.toReversed().map(
        (payment) =>
          html`<li>
            <a href="/simulator/payments/${payment.token}"><bdi>${payment.invoiceNumber}</bdi></a>
            <span>${words.sum(DIGITS[language].number(payment.amount))}</span>
            <span class="tag ${payment.status.replace(' ', '-')}">${words.statuses[payment.status]}</span>
            <small><bdi>${moment(payment.issuedAt)}</bdi></small>
          </li>`,
      )}
    </ul>
    <p>
      ${found >= 0 && html`<a href="/simulator${query({ language })}">${words.newest}</a>`}
      ${oldest !== undefined && html`<a href="/simulator${query({ language, before: oldest })}">${words.older}</a>`}
    </p>`;
}
