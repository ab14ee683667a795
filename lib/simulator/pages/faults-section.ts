import { kindsOf } from '../fault-kinds';
import type { ActiveFault } from '../faults';
import { html, type Html } from '../html';
import { CONTROL_WORDS } from './control-words';
import { DIGITS, query, type Language } from './language';
import { PRESETS } from './presets';

const CALLS = ['get-token', 'redirect-to-gateway', 'verify-payment', 'callback'];

/** The parameters a fault can have, with the kinds that take them. */
const PARAMETERS = [
  ['ms', 'Milliseconds', 'delay, late'],
  ['status', 'Status', 'http: 500; status: 0'],
  ['body', 'Body', 'http: json, html, empty'],
  ['by', 'By', 'answer-lost: reset, silence; truncated: text, connection'],
  ['reason', 'Reason', 'refuse: apiKey, address'],
  ['code', 'Code', 'refuse'],
  ['message', 'Message', 'refuse'],
  ['amount', 'Amount in Rials', 'amount'],
  ['as', 'Written as', 'amount: float, integer, string, missing'],
  ['referenceNumber', 'Receipt', 'foreign-receipt'],
  ['fields', 'Fields, as JSON', 'fields: {"rrn": null}'],
  ['probability', 'Probability', '0 to 1'],
  ['seed', 'Seed', 'with a probability'],
  ['invoiceNumber', 'Only for invoice', 'any kind'],
] as const;

/** The faults that are set, a button for each that matters most, and a form for any other. */
export function faultsSection(faults: ActiveFault[], language: Language): Html {
  const words = CONTROL_WORDS[language];
  const action = `/simulator/faults${query({ language })}`;
  return html`<section class="card">
    <h2>${words.faults}</h2>
    ${faults.length === 0 ? html`<p class="quiet">${words.noFaults}</p>` : active(faults, language)}
    <div class="actions">
      ${PRESETS.map(
        ({ fields, text }) =>
          html`<form method="post" action="${action}">
            ${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
            <button>${text[language]}</button>
          </form>`,
      )}
    </div>
    <details>
      <summary>${words.another}</summary>
      <form method="post" action="${action}">
        <div class="fields">
          <label class="field"
            >${words.what}
            <select name="target" dir="ltr">
              ${CALLS.map(group)}
            </select></label
          >
          <label class="field">${words.times} <input name="times" placeholder="${words.timesHint}" /></label>
        </div>
        <div class="fields" lang="en" dir="ltr">${PARAMETERS.map(parameter)}</div>
        <div class="actions"><button class="pay">${words.set}</button></div>
      </form>
    </details>
  </section>`;
}

const group = (on: string): Html =>
  html`<optgroup label="${on}">
    ${kindsOf(on).map((kind) => html`<option value="${on} ${kind}">${on}: ${kind}</option>`)}
  </optgroup>`;

const parameter = ([name, label, hint]: readonly [string, string, string]): Html =>
  html`<label class="field">${label} <input name="${name}" placeholder="${hint}" /></label>`;

function active(faults: ActiveFault[], language: Language): Html {
  const words = CONTROL_WORDS[language];
  const action = `/simulator/faults/clear${query({ language })}`;
  return html`<ul class="list">
      ${faults.map(
        ({ id, fault: { on, kind, ...rest }, struck }) =>
          html`<li>
            <bdi><strong>${on}</strong>: ${kind}</bdi>
            ${Object.keys(rest).length > 0 && html`<code dir="ltr">${JSON.stringify(rest)}</code>`}
            <span class="tag">${words.struck(DIGITS[language].number(struck))}</span>
            <form method="post" action="${action}">
              <button name="id" value="${id}" aria-label="${words.clear} ${id}">${words.clear}</button>
            </form>
          </li>`,
      )}
    </ul>
    <form method="post" action="${action}"><button>${words.clearAll}</button></form>`;
}
