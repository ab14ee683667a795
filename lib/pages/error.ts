import { html } from '../html';
import { texts, type ErrorKind } from '../texts';
import { makePage, readingHeaders, type Page } from './headers';
import { layout } from './layout';
import { actions } from './parts';
import type { ErrorView } from './view';

const HEADERS = readingHeaders();

/** Errors that may be gone when the buyer tries again. */
const PASSING: ReadonlySet<ErrorKind> = new Set<ErrorKind>([
  'orderInvalid',
  'tooManyAttempts',
  'tokenRefused',
  'gatewayUnavailable',
  'unreadable',
  'internal',
]);

/** Whether a new try can help. */
export const mayPass = (kind: ErrorKind): boolean => PASSING.has(kind);

/** The page of a request that led to no payment. `notFound` says nothing about whether anything exists. */
export function errorPage({ kind, locale, shop, retryUrl, detail }: ErrorView): Page {
  const { error, action } = texts(locale);
  const { title, body } = error[kind];
  const page = layout({
    locale,
    tone: 'plain',
    title,
    shop,
    what: html`<h1>${title}</h1>
      <p>${body}</p>
      ${detail !== undefined && html`<p class="soft"><bdi>${detail}</bdi></p>`}`,
    actions: actions([mayPass(kind) ? retryUrl : undefined, action.retry], [shop.url, action.back]),
  });
  return makePage(page, HEADERS, shop);
}
