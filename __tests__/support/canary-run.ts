import { writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import express from 'express';
import { atipayRouter, type AtipayEvents, type AtipayRouter } from 'express-atipay';
import { startSimulator, type Simulator } from 'express-atipay/simulator';
import { createPaymentsTable, KnexPaymentStore } from 'express-atipay/stores/knex';
import type { SimulatorFault } from '../../lib/simulator/fault-kinds';
import { openSqlite } from './databases';
import { CANARY_CARD, CANARY_KEY, type CanaryFindings } from './canaries';
import { anOrder, MINUTE } from './shop';

// A separate process: a whole shop on SQLite and the simulator, every fault switched on in turn, hooks that throw, and
// everything printed that a shop could print. The text that only the buyer's browser gets is written beside it, to
// compare.

const [, , filename = '', findingsFile = ''] = process.argv;

const quoting = `apiKey ${CANARY_KEY} card ${CANARY_CARD} refused`;
const refusing = { kind: 'refuse', message: quoting, times: 3 } as const;
const SERVICES = ['get-token', 'verify-payment'] as const;

const ON_SERVICES: SimulatorFault[] = SERVICES.flatMap((on): SimulatorFault[] => [
  { on, kind: 'delay', ms: 1 },
  { on, kind: 'no-answer', times: 3 },
  { on, kind: 'reset', times: 3 },
  { on, kind: 'answer-lost' },
  { on, kind: 'answer-lost', by: 'silence' },
  { on, kind: 'http', status: 500, body: 'json' },
  { on, kind: 'http', status: 503, body: 'html', times: 3 },
  { on, kind: 'http', status: 403, body: 'empty', times: 3 },
  { on, kind: 'garbage' },
  { on, kind: 'truncated' },
  { on, kind: 'truncated', by: 'connection' },
  { on, ...refusing },
  { on, ...refusing, reason: 'apiKey' },
  { on, ...refusing, reason: 'address' },
]);

const REST: SimulatorFault[] = [
  { on: 'verify-payment', kind: 'amount', amount: 7 },
  { on: 'verify-payment', kind: 'amount', amount: -1 },
  { on: 'verify-payment', kind: 'amount', as: 'missing' },
  { on: 'callback', kind: 'twice' },
  { on: 'callback', kind: 'twice-at-once' },
  { on: 'callback', kind: 'late', ms: 1 },
  { on: 'callback', kind: 'never' },
  { on: 'callback', kind: 'receipt-on-failure' },
  { on: 'callback', kind: 'foreign-receipt' },
  { on: 'callback', kind: 'status', status: '9' },
  { on: 'callback', kind: 'fields', fields: { maskedPan: CANARY_CARD } },
  { on: 'callback', kind: 'fields', fields: { referenceNumber: null } },
  { on: 'callback', kind: 'fields', fields: { state: 'Failed', maskedPan: CANARY_CARD } },
  { on: 'callback', kind: 'fields', fields: { reservationNumber: '1', rrn: CANARY_KEY } },
];

const EVENTS: (keyof AtipayEvents)[] = [
  ...(['transition', 'replay', 'forged', 'late', 'gatewayError', 'hookError', 'review'] as const),
];

const show = (what: unknown): void => {
  console.log(inspect(what, { depth: Infinity, showHidden: true, getters: true, maxStringLength: null }));
  try {
    console.log(JSON.stringify(what));
  } catch (error) {
    console.log(String(error));
  }
};

class CanaryRun {
  now = Date.now();
  readonly knex = openSqlite(filename);
  readonly redirectPages: string[] = [];
  router!: AtipayRouter;

  constructor(
    readonly simulator: Simulator,
    readonly origin: string,
  ) {}

  open(): AtipayRouter {
    const throwing = (): never => {
      throw new Error('the hook is not well');
    };
    this.router = atipayRouter({
      apiKey: CANARY_KEY,
      gatewayUrl: this.simulator.url,
      publicUrl: `${this.origin}/payment`,
      store: new KnexPaymentStore(this.knex),
      getOrder: () => anOrder(),
      onSuccess: throwing,
      onFailure: throwing,
      onReview: throwing,
      http: { timeout: 150 },
      recovery: false,
      locale: 'en',
      // Every level, as the shop's logger would print it.
      logger: { debug: console.log, info: console.log, warn: console.warn, error: console.error },
      now: () => this.now,
    });
    for (const name of EVENTS) this.router.atipay.events.on(name, show);
    return this.router;
  }

  async strikes(fault: SimulatorFault): Promise<void> {
    this.simulator.faults.clear();
    this.simulator.faults.add(fault);
    try {
      const { url, payment } = await this.router.atipay.start(anOrder());
      await this.simulator.pay(url).then(({ responses }) => show(responses.map(({ status }) => status)));
      await this.sweeps();
      show(await this.router.atipay.find(payment.invoiceNumber));
      show(await this.router.atipay.history(payment.invoiceNumber));
    } catch (error) {
      show(error);
    }
    await this.visits();
  }

  async sweeps(): Promise<void> {
    for (const minutes of [1, 40]) {
      this.now += minutes * MINUTE;
      show(await this.router.atipay.recover());
    }
  }

  /** Answers to browsers and programs. The redirect page, and an address where the buyer is sent, are theirs alone. */
  async visits(): Promise<void> {
    const row = await this.knex<{ invoice_number: string; return_key: string }>('atipay_payments')
      .orderBy('invoice_number', 'desc')
      .first();
    if (!row) throw new Error('no payment was stored');
    for (const Accept of ['text/html', 'application/json']) {
      for (const room of ['pay', 'callback', 'result']) {
        const address = `${this.origin}/payment/${room}/${row.invoice_number}/${row.return_key}`;
        const answer = await fetch(address, { headers: { Accept }, redirect: 'manual' });
        const headers = [...answer.headers].filter(([name]) => name !== 'location');
        const body = answer.status === 303 ? '' : await answer.text();
        if (room === 'pay') this.redirectPages.push(body);
        else show([answer.status, headers, body]);
      }
      const paid = await fetch(`${this.origin}/payment/pay`, { method: 'POST', headers: { Accept } });
      if (paid.ok) this.redirectPages.push(await paid.text());
      else show([paid.status, [...paid.headers], await paid.text()]);
    }
  }
}

async function main(): Promise<void> {
  const simulator = await startSimulator({ apiKey: CANARY_KEY });
  const app = express();
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const run = new CanaryRun(simulator, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await createPaymentsTable(run.knex);
  app.use('/payment', run.open());
  for (const fault of [...ON_SERVICES, ...REST]) await run.strikes(fault);
  for (const what of [run.router, run.router.atipay, run.router.atipay.client, app]) show(what);
  console.log(run.router.atipay);
  const rows = await run
    .knex('atipay_payments')
    .select<CanaryFindings['rows']>('token', 'return_key', 'masked_pan');
  const findings: CanaryFindings = { rows, redirectPages: run.redirectPages };
  writeFileSync(findingsFile, JSON.stringify(findings));
  server.closeAllConnections();
  server.close();
  await run.router.atipay.close();
  await simulator.close();
  await run.knex.destroy();
  console.log('CANARY RUN COMPLETE');
}

void main();
