import type { Context } from '../../payments/context';
import type { Observation } from './finding';

const PATIENCE_MS = 10_000;
/** AtiPay's answers carry seconds only; more than this is a clock that is wrong. */
const CLOCK_MS = 30_000;
/** The least amount that the gateway takes. */
const TOKEN_RIALS = 1_000;
const INVOICE = '00000000000000000000';

/** Codes of Node for a certificate that is not right. */
const TLS = /CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER)|HOSTNAME/;

/** Whether the gateway is reached, its certificate is right and its clock agrees with ours. */
export async function checkGateway({ settings }: Context): Promise<Observation[]> {
  const { gatewayUrl, http, now } = settings;
  // Behind a proxy this server itself may have no way out.
  if ('proxy' in http && http.proxy !== undefined) return [];
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const answer = await fetch(gatewayUrl, { method: 'HEAD', redirect: 'manual', signal });
    return [clock(answer.headers.get('date'), now())];
  } catch (error) {
    const problem = codeOf(error);
    const check = TLS.test(problem) ? 'gatewayTls' : 'gatewayUnreachable';
    return [{ check, level: 'error', data: { url: gatewayUrl, problem } }];
  }
}

function clock(date: string | null, now: number): Observation {
  const difference = date === null ? 0 : now - Date.parse(date);
  if (Number.isNaN(difference) || Math.abs(difference) <= CLOCK_MS) {
    return { check: 'gatewayWorks', level: 'fine', data: {} };
  }
  const seconds = String(Math.round(Math.abs(difference) / 1_000));
  return { check: 'gatewayClock', level: 'warning', data: { seconds } };
}

/** The code of the innermost cause, or its name: messages may hold addresses of the shop's network. */
export function codeOf(error: unknown): string {
  const { cause, code, name } = error as { cause?: unknown; code?: unknown; name?: unknown };
  if (typeof cause === 'object' && cause !== null) return codeOf(cause);
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'unknown';
}

/** Asks for a token of 1,000 Rials, with this key and from this address. It is never paid. */
export async function checkToken({ client, settings }: Context): Promise<Observation> {
  const answer = await client.getToken({
    amount: TOKEN_RIALS,
    invoiceNumber: INVOICE.slice(0, 7) + String(Date.now()),
    redirectUrl: `${settings.publicUrl}/callback/${INVOICE}/doctor`,
    cellNumber: '09120000000',
    description: 'doctor',
  });
  switch (answer.kind) {
    case 'token':
      return { check: 'tokenGiven', level: 'fine', data: {} };
    case 'refused': {
      const said = [answer.code, answer.description].filter(Boolean).join(': ');
      return { check: 'tokenRefused', level: 'error', data: { said } };
    }
    case 'unanswered':
      return { check: 'tokenUnanswered', level: 'error', data: { problem: answer.error.message } };
  }
}
