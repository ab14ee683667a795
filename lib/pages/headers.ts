import { createHash } from 'node:crypto';
import type { ShopView } from './shop';
import { STYLE } from './style';

/** A page and the headers that belong to it. The policy is complete: it replaces the shop's. */
export interface Page {
  html: string;
  headers: Record<string, string>;
}

/** The policy's name for an inline script or stylesheet. */
const source = (content: string): string =>
  `'sha256-${createHash('sha256').update(content, 'utf8').digest('base64')}'`;

/** The inline parts of a page, and further directives of its policy. */
interface Inline {
  /** Default: the stylesheet that most pages share. */
  style?: string;
  scripts?: readonly string[];
  directives?: readonly string[];
}

/** Headers of a page with these inline parts. Made once for a kind of page. */
export function pageHeaders(
  referrerPolicy: 'origin' | 'no-referrer',
  { style = STYLE, scripts = [], directives = [] }: Inline = {},
): Record<string, string> {
  const policy = [
    "default-src 'none'",
    ...(scripts.length > 0 ? [`script-src ${scripts.map(source).join(' ')}`] : []),
    `style-src ${source(style)}`,
    ...directives,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    'Content-Type': 'text/html; charset=utf-8',
    [POLICY]: policy.join('; '),
    'Referrer-Policy': referrerPolicy,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'X-Robots-Tag': 'noindex',
  };
}

const POLICY = 'Content-Security-Policy';

/** Headers of a page that submits no form; no referrer, because its address holds a secret. */
export const readingHeaders = (
  scripts: readonly string[] = [],
  directives: readonly string[] = [],
): Record<string, string> =>
  pageHeaders('no-referrer', { scripts, directives: [...directives, "form-action 'none'"] });

/** A page with its headers; the shop's logo may be loaded from its origin. */
export function makePage(html: string, headers: Record<string, string>, shop: ShopView): Page {
  if (!hasLogo(shop)) return { html, headers };
  const policy = `${headers[POLICY] ?? ''}; img-src ${logoSource(shop.logo)}`;
  return { html, headers: { ...headers, [POLICY]: policy } };
}

/** A logo is shown beside the shop's name. */
export const hasLogo = (shop: ShopView): shop is ShopView & { name: string; logo: string } =>
  shop.name !== undefined && shop.logo !== undefined;

const logoSource = (logo: string): string => (URL.canParse(logo) ? new URL(logo).origin : "'self'");
