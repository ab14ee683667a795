import { isLoopback } from '../core/origin';

/** The gateway's base URL (protocol, head). */
export const GATEWAY_URL = 'https://mipg.atipay.net/v1';

/** Milliseconds that one call takes at most, unless the options say otherwise. */
export const DEFAULT_TIMEOUT_MS = 10_000;

/** Why a gateway cannot be called at this URL; undefined where it can. */
export function addressProblem(text: string): string | undefined {
  if (!URL.canParse(text)) return 'is no URL';
  const { protocol, hostname } = new URL(text);
  if (protocol === 'https:') return undefined;
  if (protocol !== 'http:') return 'is neither https: nor http:';
  return isLoopback(hostname)
    ? undefined
    : 'is http:, which would send the API key in the clear; only loopback (127.0.0.1, localhost, [::1]) may be http:';
}

/** A base URL without slashes at its end. */
export const withoutSlashes = (url: string): string => url.replace(/(?<!\/)\/+$/, '');
