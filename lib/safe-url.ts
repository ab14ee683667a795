// Also where a browser would drop or turn characters around before it looks for the scheme or the host.
const UNCLEAR = /[\p{Cc}\\]|^[\s'"]|\s$/u;
const SCHEME = /^([a-z][a-z0-9+.-]*):/i;
const WEB = /^https?:\/\/[^/]/i;
/** An app link has a slash after its scheme: `shop.example:8080` and `mailto:…` are none. */
const APP_LINK = /^[a-z][a-z0-9+.-]*:\//i;
const HERE = 'https://here.invalid';

/** Schemes that run code, hold a document or open files of the device. */
const DANGEROUS: ReadonlySet<string> = new Set([
  'about',
  'blob',
  'content',
  'data',
  'file',
  'filesystem',
  'jar',
  'javascript',
  'livescript',
  'vbscript',
  'view-source',
]);

/** Whether an address is an http(s) URL with a host, or a path of this site. `//host` is neither. */
export function isWebUrl(url: string): boolean {
  if (url === '' || UNCLEAR.test(url)) return false;
  if (SCHEME.test(url)) return WEB.test(url) && URL.canParse(url);
  return URL.canParse(url, HERE) && new URL(url, HERE).origin === HERE;
}

/** Whether an address opens an app, for example `myshop://orders/17`. */
function isAppLink(url: string): boolean {
  const scheme = SCHEME.exec(url)?.[1]?.toLowerCase() ?? 'http';
  if (UNCLEAR.test(url) || /^https?$/.test(scheme) || DANGEROUS.has(scheme)) return false;
  return APP_LINK.test(url) && URL.canParse(url);
}

/**
 * Whether a page may link or move on to this address: a path, an http(s) URL or an app link. Schemes that run code and
 * addresses that leave the site while looking like a path (`//host`) are refused.
 */
export const isSafeUrl = (url: string): boolean => isWebUrl(url) || isAppLink(url);

/** As {@link isSafeUrl}, for an address that does not depend on the page it stands on: no relative path. */
export const isSafeAddress = (url: string): boolean =>
  /^(\/|[a-z][a-z0-9+.-]*:)/i.test(url) && isSafeUrl(url);
