import type { ActiveFault } from '../faults';
import { html, type Html } from '../html';
import type { LedgerTotals, SimulatorCall, Sum } from '../ledger';
import type { SimulatorPayment } from '../payment';
import { callsSection } from './calls-section';
import { faultsSection } from './faults-section';
import type { Page } from './layout';
import { moment, rials } from './moment';

/** What the control page tells. */
export interface Overview {
  now: number;
  url: string;
  terminals: string[];
  totals: LedgerTotals;
  faults: ActiveFault[];
  payments: SimulatorPayment[];
}

const SHOWN = 200;

/** The control page: money, clock, payments, faults, calls. */
export function controlPage(state: Overview, calls: SimulatorCall[]): Page {
  return {
    title: 'AtiPay simulator',
    language: 'en',
    main: html`<h1>AtiPay simulator</h1>
      <p>
        <code>gatewayUrl</code> <code>${state.url}</code> · terminal
        <code>${state.terminals.join(', ')}</code> ·
        <a href="/simulator">reload</a>
      </p>
      ${money(state.totals)} ${clock(state.now)}
      <section class="card">
        <h2>Payments</h2>
        ${payments(state.payments)}
      </section>
      ${faultsSection(state.faults)}
      <section class="card">
        <h2>Calls</h2>
        ${callsSection(calls.slice(-SHOWN), 'The shop has not called yet.')}
      </section>`,
  };
}

function money({ taken, verified, unverified, returned }: LedgerTotals): Html {
  const tile = (name: string, { count, amount }: Sum) =>
    html`<div class="card">
      <dt>${name}</dt>
      <dd>${rials(amount)} <small>in ${count}</small></dd>
    </div>`;
  return html`<dl class="tiles" aria-label="Money">
    ${tile('Taken', taken)} ${tile('Verified: the shop’s', verified)}
    ${tile('Waiting to be verified', unverified)} ${tile('Returned to buyers', returned)}
  </dl>`;
}

function clock(now: number): Html {
  const minutes = (count: number, what: string) =>
    html`<button name="ms" value="${count * 60_000}">
      +${count} min<span class="quiet"> ${what}</span>
    </button>`;
  return html`<section class="card">
    <h2>Clock</h2>
    <p>It is ${moment(now)} in the simulator.</p>
    <form method="post" action="/simulator/clock" class="actions">
      ${minutes(1, '')} ${minutes(15, 'tokens expire')} ${minutes(30, 'unverified money goes back')}
    </form>
  </section>`;
}

function payments(all: SimulatorPayment[]): Html {
  if (all.length === 0) return html`<p class="quiet">No token has been asked for yet.</p>`;
  return html`<ul class="list">
    ${all
      .slice(-SHOWN)
      .toReversed()
      .map(
        (payment) =>
          html`<li>
            <a href="/simulator/payments/${payment.token}"><bdi>${payment.invoiceNumber}</bdi></a>
            <span>${rials(payment.amount)}</span>
            <span class="tag ${payment.status.replace(' ', '-')}">${payment.status}</span>
            <small>${moment(payment.issuedAt)}</small>
          </li>`,
      )}
  </ul>`;
}
