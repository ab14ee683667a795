import { html, raw, type Html, type Part } from '../html';
import { isSafeUrl } from '../safe-url';
import { texts, type Locale } from '../texts';
import { hasLogo } from './headers';
import { fill, moment, telephone } from './parts';
import type { ShopView } from './shop';
import { STYLE } from './style';

/** A page's mood: its colour and its sign. */
export type Tone = 'paid' | 'failed' | 'review' | 'wait' | 'plain';

/** The beginning of a page in each language, up to its title. */
export function beginnings(more: string): Record<Locale, Html> {
  const beginning = (locale: Locale, direction: string): Html =>
    raw(
      `<!doctype html><html lang="${locale}" dir="${direction}"><head><meta charset="utf-8">` +
        `<meta name="viewport" content="width=device-width, initial-scale=1">${more}`,
    );
  return { fa: beginning('fa', 'rtl'), en: beginning('en', 'ltr') };
}

const HEAD = beginnings(
  '<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">' +
    `<meta name="format-detection" content="telephone=no"><style>${STYLE}</style>`,
);

const sign = (drawing: string): Html =>
  raw(
    '<svg class="mark" viewBox="0 0 48 48" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="3.5" ' +
      'stroke-linecap="round" stroke-linejoin="round"><circle cx="24" cy="24" r="22" fill="currentColor" ' +
      `fill-opacity=".12" stroke="none"/>${drawing}</svg>`,
  );

const EXCLAMATION = sign('<path d="M24 14v12"/><path d="M24 33.5v.1"/>');

const SIGN: Record<Tone, Html> = {
  paid: sign('<path d="m15 25 6.5 6.5L34 18"/>'),
  failed: sign('<path d="m17 17 14 14M31 17 17 31"/>'),
  review: EXCLAMATION,
  wait: sign('<path class="turn" d="M24 12a12 12 0 1 1-10.4 6"/>'),
  plain: EXCLAMATION,
};

/** The parts of a page. */
export interface Frame {
  locale: Locale;
  tone: Tone;
  title: string;
  shop: ShopView;
  /** The event or outcome. */
  what: Part;
  /** The payment's numbers, in a separate column where there is room. */
  facts?: Part;
  /** The way on. */
  actions: Part;
  /** When the page was made, for paper. */
  now?: number | undefined;
  /** The page looks for news after so many seconds. */
  reload?: { seconds: number; status: string } | undefined;
  /** More of the head. */
  meta?: Html | undefined;
  /** A script of the page, byte for byte as its policy has hashed it. */
  script?: string | undefined;
}

/** A whole page. */
export function layout(frame: Frame): string {
  const { locale, tone, facts, reload } = frame;
  const news = reload && html` data-seconds="${reload.seconds}" data-status="${reload.status}"`;
  return html`${HEAD[locale]}<title>${frame.title}</title>${frame.meta}</head><body>${brand(frame.shop)}<main class="${tone}${facts === undefined ? '' : ' wide'}"${news}><div class="what">${SIGN[tone]}${frame.what}</div>${facts === undefined ? '' : html`<div class="facts">${facts}</div>`}<div class="actions">${frame.actions}</div></main>${foot(frame)}${frame.script === undefined ? '' : inlineScript(frame.script)}</body></html>`
    .text;
}

/** The shop's name and logo, as a link to the shop. */
function brand(shop: ShopView): Html | undefined {
  if (shop.name === undefined) return undefined;
  // The name stands beside the logo: read out, it is enough.
  const logo = hasLogo(shop) && html`<img src="${shop.logo}" alt="" height="40" />`;
  const inner = html`${logo}<bdi>${shop.name}</bdi>`;
  return html`<header>${isSafeUrl(shop.url) ? html`<a href="${shop.url}">${inner}</a>` : inner}</header>`;
}

function foot({ locale, shop, now }: Frame): Html {
  const { via, phone, printed } = texts(locale);
  const call = shop.phone !== undefined && html`<p>${fill(phone, 'phone', telephone(shop.phone))}</p>`;
  const paper =
    now !== undefined &&
    html`<p class="paper" id="printed">${fill(printed, 'time', moment(now, locale))}</p>`;
  return html`<footer>
    ${call}
    <p>${via}</p>
    ${paper}
  </footer>`;
}

/** A script as it stands in a page. */
export const inlineScript = (script: string): Html => raw(`<script>${script}</script>`);
