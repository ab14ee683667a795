import { html, type Html } from '../html';
import type { SimulatorCall } from '../ledger';
import type { SimulatorPayment } from '../payment';
import { callsSection } from './calls-section';
import type { Page } from './layout';
import { moment, rials } from './moment';

/** One payment: its facts, its history, and the requests of the shop. */
export function paymentPage(payment: SimulatorPayment, calls: SimulatorCall[]): Page {
  return {
    title: `Payment ${payment.invoiceNumber}`,
    language: 'en',
    main: html`<p><a href="/simulator">All payments</a></p>
      <h1>
        Payment <bdi>${payment.invoiceNumber}</bdi>
        <span class="tag ${payment.status.replace(' ', '-')}">${payment.status}</span>
      </h1>
      ${timeline(payment)} ${facts(payment)}
      <section class="card">
        <h2>Calls</h2>
        ${callsSection(calls, 'None.')}
      </section>`,
  };
}

function timeline({ timeline: entries, state, token }: SimulatorPayment): Html {
  return html`<section class="card">
    <h2>Timeline</h2>
    <ol class="timeline">
      ${entries.map(({ at, note }) => html`<li>${moment(at)} ${note}</li>`)}
    </ol>
    ${
      state !== undefined &&
      html`<form method="post" action="/simulator/payments/${token}/callback">
        <button>Send the callback again</button>
      </form>`
    }
  </section>`;
}

function facts(payment: SimulatorPayment): Html {
  const rows: [string, string][] = [
    ['amount', rials(payment.amount)],
    ...Object.entries(payment)
      .filter(isPlain)
      .map(([name, value]): [string, string] => [name, fact(name, value)]),
    ['referers', payment.referers.map((referer) => referer || '(none)').join(', ') || '(no visit)'],
    ...(payment.settlement ?? []).map((share): [string, string] => [
      `share of ${share.iban}`,
      rials(share.amount),
    ]),
  ];
  return html`<section class="card">
    <h2>What is known</h2>
    <dl>
      ${rows.map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd><bdi>${value}</bdi></dd>
          </div>`,
      )}
    </dl>
  </section>`;
}

const APART = new Set(['amount', 'status']);

const isPlain = (field: [string, unknown]): field is [string, string | number] =>
  !APART.has(field[0]) && typeof field[1] !== 'object';

const fact = (name: string, value: string | number): string =>
  typeof value === 'number' && name.endsWith('At') ? new Date(value).toISOString() : String(value);
