import { isLoopback } from '../core/origin';
import { AtipayError } from '../errors';
import type { NoAnswer, Refusal } from '../gateway/client';
import type { Context } from './context';

type Operation = 'get-token' | 'verify-payment';

const CHECK_SHOP =
  ' The reason is the shop: check the API key, the terminal and the registered IP address in AtiPay’s panel.';

/** The error of a call without a usable answer, with the URL that was called. */
export function noAnswer({ settings }: Context, operation: Operation, { error }: NoAnswer): AtipayError {
  const { gatewayUrl } = settings;
  const message = `${error.message} The URL was ${gatewayUrl}/${operation}.${question(gatewayUrl, error)}`;
  return new AtipayError(error.code, message, { status: error.status });
}

/** What a developer has usually forgotten. */
function question(gatewayUrl: string, error: Error): string {
  if (!/\/v\d+$/.test(gatewayUrl)) return ' Is /v1 missing at the end of gatewayUrl?';
  const refused = error.message.includes('ECONNREFUSED');
  return refused && isLoopback(new URL(gatewayUrl).hostname)
    ? ' Is the simulator running? npx atipay-simulator'
    : '';
}

/** A refusal's reason in the gateway's words. */
function reasonOf({ code, description }: Omit<Refusal, 'kind'>): string {
  const why = [code && `code ${code}`, description].filter(Boolean).join(': ');
  return why || 'no reason given';
}

/** The error of a refused call, with the setting to check where the refusal is about the shop. */
export function refused(operation: Operation, refusal: Omit<Refusal, 'kind'>): AtipayError {
  const isToken = operation === 'get-token';
  const code = isToken ? 'ERR_ATIPAY_TOKEN_REFUSED' : 'ERR_ATIPAY_VERIFY_REFUSED';
  const subject = isToken ? 'a token' : operation;
  const hint = refusal.aboutShop ? CHECK_SHOP : '';
  return new AtipayError(code, `AtiPay refused ${subject} (${reasonOf(refusal)}).${hint}`, { status: 502 });
}
