import { kindsOf } from '../fault-kinds';
import type { ActiveFault } from '../faults';
import { html, type Html } from '../html';

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

/** The faults that are set, and a form to set one. */
export function faultsSection(faults: ActiveFault[]): Html {
  return html`<section class="card">
    <h2>Faults</h2>
    ${faults.length === 0 ? html`<p class="quiet">Nothing goes wrong.</p>` : active(faults)}
    <form method="post" action="/simulator/faults">
      <div class="fields">
        <label class="field"
          >What goes wrong
          <select name="target">
            ${CALLS.map(group)}
          </select></label
        >
        <label class="field">Times <input name="times" placeholder="1, or always" /></label>
      </div>
      <details>
        <summary>Details</summary>
        <div class="fields">${PARAMETERS.map(parameter)}</div>
      </details>
      <div class="actions"><button class="pay">Set the fault</button></div>
    </form>
  </section>`;
}

const group = (on: string): Html =>
  html`<optgroup label="${on}">
    ${kindsOf(on).map((kind) => html`<option value="${on} ${kind}">${on}: ${kind}</option>`)}
  </optgroup>`;

const parameter = ([name, label, hint]: readonly [string, string, string]): Html =>
  html`<label class="field">${label} <input name="${name}" placeholder="${hint}" /></label>`;

function active(faults: ActiveFault[]): Html {
  return html`<ul class="list">
      ${faults.map(
        ({ id, fault: { on, kind, ...rest }, struck }) =>
          html`<li>
            <span><strong>${on}</strong>: ${kind}</span>
            ${Object.keys(rest).length > 0 && html`<code>${JSON.stringify(rest)}</code>`}
            <span class="tag">struck ${struck} times</span>
            <form method="post" action="/simulator/faults/clear">
              <button name="id" value="${id}" aria-label="Clear fault ${id}">Clear</button>
            </form>
          </li>`,
      )}
    </ul>
    <form method="post" action="/simulator/faults/clear"><button>Clear all faults</button></form>`;
}
