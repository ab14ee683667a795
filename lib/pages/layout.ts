import { createHash } from 'node:crypto';
import type { Locale } from '../texts';
import { escapeHtml } from './html';
import { STYLE } from './style';

/** A page and the headers that belong to it. The policy is complete: it replaces whatever the shop has set. */
export interface Page {
  html: string;
  headers: Record<string, string>;
}

/** What a page is like at first sight: its colour and its sign. */
export type Tone = 'paid' | 'failed' | 'review' | 'wait' | 'plain';

/** The policy's name for an inline script or stylesheet. */
const source = (content: string): string =>
  `'sha256-${createHash('sha256').update(content, 'utf8').digest('base64')}'`;

/** Headers of a page with these inline scripts; `directives` go on with the policy. Made once a kind of page. */
export function pageHeaders(
  referrerPolicy: 'origin' | 'no-referrer',
  scripts: readonly string[],
  directives: readonly string[] = [],
): Record<string, string> {
  const policy = [
    "default-src 'none'",
    ...(scripts.length > 0 ? [`script-src ${scripts.map(source).join(' ')}`] : []),
    `style-src ${source(STYLE)}`,
    ...directives,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': policy.join('; '),
    'Referrer-Policy': referrerPolicy,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'X-Robots-Tag': 'noindex',
  };
}

/** Headers of a page that only shows something: no form, and no address given away (it holds a secret). */
export const readingHeaders = (scripts: readonly string[] = []): Record<string, string> =>
  pageHeaders('no-referrer', scripts, ["form-action 'none'"]);

const head = (locale: Locale): string =>
  `<!doctype html><html lang="${locale}" dir="${locale === 'fa' ? 'rtl' : 'ltr'}"><head><meta charset="utf-8">` +
  '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">' +
  `<meta name="robots" content="noindex"><meta name="format-detection" content="telephone=no"><style>${STYLE}</style>`;

const HEAD: Record<Locale, string> = { fa: head('fa'), en: head('en') };

const sign = (drawing: string): string =>
  '<svg class="mark" viewBox="0 0 48 48" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="3.5" ' +
  'stroke-linecap="round" stroke-linejoin="round"><circle cx="24" cy="24" r="22" fill="currentColor" ' +
  `fill-opacity=".12" stroke="none"/>${drawing}</svg>`;

const EXCLAMATION = sign('<path d="M24 14v12"/><path d="M24 33.5v.1"/>');

const SIGN: Record<Tone, string> = {
  paid: sign('<path d="m15 25 6.5 6.5L34 18"/>'),
  failed: sign('<path d="m17 17 14 14M31 17 17 31"/>'),
  review: EXCLAMATION,
  wait: sign('<path class="turn" d="M24 12a12 12 0 1 1-10.4 6"/>'),
  plain: EXCLAMATION,
};

/** A whole page. `title` is text, `body` and `meta` are HTML. */
export function layout(page: {
  locale: Locale;
  tone: Tone;
  title: string;
  body: string;
  meta?: string;
}): string {
  return (
    `${HEAD[page.locale]}<title>${escapeHtml(page.title)}</title>${page.meta ?? ''}</head>` +
    `<body><main class="${page.tone}">${SIGN[page.tone]}${page.body}</main></body></html>`
  );
}

/** A script as it stands in the page: byte for byte what its policy has hashed. */
export const inlineScript = (script: string): string => `<script>${script}</script>`;
