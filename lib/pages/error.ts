import { texts, type ErrorKind, type Locale } from '../texts';
import { escapeHtml, linkButton } from './html';
import { layout, readingHeaders, type Page } from './layout';

export type { ErrorKind };

/** What an error page shows. */
export type ErrorView = {
  /** What is wrong. */
  kind: ErrorKind;
  /** The router's language. */
  locale: Locale;
  /** Where the buyer can try again or go back. */
  retryUrl?: string | undefined;
  /** What exactly was wrong, for people. */
  detail?: string | undefined;
};

const HEADERS = readingHeaders();

/** Errors that may be gone when the buyer tries again. */
const PASSING: ReadonlySet<ErrorKind> = new Set<ErrorKind>([
  'tokenRefused',
  'gatewayUnavailable',
  'internal',
]);

/** The page of a request that led to no payment. `notFound` says nothing about whether anything exists. */
export function errorPage(view: ErrorView): Page {
  const { kind, locale, retryUrl, detail } = view;
  const { error, action } = texts(locale);
  const { title, body } = error[kind];
  const html = layout({
    locale,
    tone: 'plain',
    title,
    body:
      `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(body)}</p>` +
      (detail === undefined ? '' : `<p class="soft"><bdi>${escapeHtml(detail)}</bdi></p>`) +
      linkButton(retryUrl, PASSING.has(kind) ? action.retry : action.back),
  });
  return { html, headers: HEADERS };
}
