import { isLoopback } from './core/origin';

/** Describes a text that an option refuses as a base URL. Only a host in punycode is shown of it. */
export function describeUrl(text: string): string {
  const host = hostOf(text);
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return 'one that does not begin with https://';
  if (!/^https?:/i.test(text)) return 'one whose scheme is neither https: nor http:';
  if (/\/\/[^/?#]*@/.test(text)) return 'one with a user or a password';
  if (text.includes('?')) return 'one with a query: leave out everything from the ? on';
  if (text.includes('#')) return 'one with a fragment: leave out everything from the # on';
  if (host !== undefined && !isAscii(text.split('/')[2] ?? '')) {
    return `one whose host is not ASCII: write the host as ${host}`;
  }
  if (!isAscii(text)) return 'one with characters that must be percent-encoded, as encodeURI does';
  return isClear(text) ? 'one with http:, which would send the API key in the clear' : 'one that is no URL';
}

const hostOf = (text: string): string | undefined =>
  URL.canParse(text) ? new URL(text).host || undefined : undefined;

/** Whether requests to a URL cross the network unencrypted. */
const isClear = (text: string): boolean =>
  URL.canParse(text) && /^http:/i.test(text) && !isLoopback(new URL(text).hostname);

const isAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);
