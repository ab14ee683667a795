const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in an element or in a quoted attribute. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

/** An identifier: Latin, left to right, wrapped where it must be, whatever stands around it. */
export const identifier = (text: string): string => `<bdi class="id" dir="ltr">${escapeHtml(text)}</bdi>`;

// Also where a browser would drop or turn characters around before it looks for the scheme or the host.
const UNCLEAR = /[\p{Cc}\\]|^[\s'"]|\s$/u;
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const WEB = /^https?:\/\/[^/]/i;
const HERE = 'https://here.invalid';

/**
 * Whether a page may link or move on to this URL: an http(s) URL with a host, or a path. Anything that runs code or
 * leaves the site while looking like a path (`javascript:`, `//host`) is not safe.
 */
export function isSafeUrl(url: string): boolean {
  if (url === '' || UNCLEAR.test(url)) return false;
  if (SCHEME.test(url)) return WEB.test(url) && URL.canParse(url);
  return URL.canParse(url, HERE) && new URL(url, HERE).origin === HERE;
}

/** A link that looks like a button; nothing when there is no URL, or none that may be followed. */
export function linkButton(
  url: string | undefined,
  label: string,
  kind: 'first' | 'second' = 'first',
): string {
  if (url === undefined || !isSafeUrl(url)) return '';
  return `<a class="button ${kind}" href="${escapeHtml(url)}">${escapeHtml(label)}</a>`;
}
