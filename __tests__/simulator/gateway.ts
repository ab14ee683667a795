import type { Simulator } from '../../lib/simulator';

export interface Answered {
  status: number;
  text: string;
  json: Record<string, unknown>;
}

/** POSTs JSON to one of the web services, as a shop's server would. */
export async function call(
  simulator: Simulator,
  service: 'get-token' | 'verify-payment',
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answered> {
  const response = await fetch(`${simulator.url}/${service}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, text, json: parse(text) };
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

let invoices = 0;

/** A get-token body that every rule allows, with a new invoice number. */
export function order(simulator: Simulator, changes: Record<string, unknown> = {}): Record<string, unknown> {
  invoices += 1;
  return {
    amount: 250_000,
    cellNumber: '09121234567',
    description: 'یک کتاب',
    invoiceNumber: `INV-${invoices}`,
    redirectUrl: 'https://shop.example/back',
    apiKey: simulator.apiKey,
    ...changes,
  };
}

/** The token of a new payment. */
export async function newToken(simulator: Simulator, changes: Record<string, unknown> = {}): Promise<string> {
  const { json } = await call(simulator, 'get-token', order(simulator, changes));
  return String(json['token']);
}

/** Asks for a receipt's confirmation with the first merchant's key. */
export const verify = (
  simulator: Simulator,
  referenceNumber: string,
  changes: Record<string, unknown> = {},
): Promise<Answered> =>
  call(simulator, 'verify-payment', {
    terminalId: simulator.terminalId,
    referenceNumber,
    apiKey: simulator.apiKey,
    ...changes,
  });

/** POSTs a token to redirect-to-gateway, as a browser would, and stops at the first redirect. */
export async function redirect(
  simulator: Simulator,
  token: string | undefined,
): Promise<{ status: number; location: string; text: string }> {
  const response = await fetch(`${simulator.url}/redirect-to-gateway`, {
    method: 'POST',
    body: new URLSearchParams(token === undefined ? {} : { token }),
    redirect: 'manual',
  });
  const location = response.headers.get('Location') ?? '';
  return { status: response.status, location, text: await response.text() };
}

/** The result of a call: its answer, or `reset`. */
export const outcome = (answer: Promise<Answered>): Promise<Answered | 'reset'> =>
  answer.catch((): 'reset' => 'reset');

/** Turns of the event loop, far more than an answer over the loopback takes. */
const TURNS = 200;

/** Makes a call that gets no answer: resolves when the simulator has carried it out and stays silent. */
export async function staysSilent(simulator: Simulator, make: () => Promise<Answered>): Promise<boolean> {
  const before = simulator.ledger.calls().length;
  let answered = false;
  make().then(
    () => (answered = true),
    () => (answered = true),
  );
  while (simulator.ledger.calls().length === before) await new Promise(setImmediate);
  for (let turn = 0; turn < TURNS; turn += 1) await new Promise(setImmediate);
  return !answered;
}
