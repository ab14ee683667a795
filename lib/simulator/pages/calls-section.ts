import { html, type Html } from '../html';
import type { SimulatorCall } from '../ledger';
import { moment } from './moment';

/** Calls, newest first, each to be opened. */
export function callsSection(calls: SimulatorCall[], none: string): Html {
  if (calls.length === 0) return html`<p class="quiet">${none}</p>`;
  return html`<ol class="list" reversed>
    ${calls.toReversed().map((call) => html`<li>${callDetails(call)}</li>`)}
  </ol>`;
}

function callDetails(call: SimulatorCall): Html {
  const { status, body } = call.answer;
  return html`<details>
    <summary>
      <strong>${call.call}</strong>
      <span class="tag">${status === 0 ? 'no answer' : status}</span>
      ${call.fault !== undefined && html`<span class="tag warn">fault: ${call.fault}</span>`}
      <small>${moment(call.at)}</small>
    </summary>
    <p>${call.call === 'callback' ? 'To' : 'From'} <code>${call.address}</code></p>
    <pre tabindex="0" aria-label="Fields">${JSON.stringify(call.fields, null, 2)}</pre>
    <p>Answer</p>
    <pre tabindex="0" aria-label="Answer">
${body.length > 2000 ? `${body.slice(0, 2000)} …` : body || '(empty)'}</pre>
  </details>`;
}
