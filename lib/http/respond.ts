import type { Request, Response } from 'express';
import { errorPage, type ErrorKind, type Page } from '../pages';
import type { Context } from '../payments/context';
import { texts } from '../texts';
import { errorView } from './views';

const STATUS: Record<ErrorKind, number> = {
  notFound: 404,
  orderNotFound: 404,
  orderInvalid: 422,
  orderTaken: 409,
  tooManyAttempts: 429,
  tokenRefused: 502,
  gatewayUnavailable: 504,
  methodNotAllowed: 405,
  unreadable: 400,
  internal: 500,
};

/** Whether the client is a program rather than a page: it asks for JSON first, or sent JSON. */
export function wantsJson(req: Request): boolean {
  if (req.headers['sec-fetch-mode'] === 'navigate') return false;
  return (req.accepts(['html', 'json']) === 'json' && !isWebView(req)) || sentJson(req);
}

/** A WebView whose app sets `Accept: application/json, text/plain, *\/*` for every request, navigations included. */
const isWebView = (req: Request): boolean =>
  req.headers['sec-fetch-mode'] === undefined &&
  req.is('urlencoded') !== false &&
  req.accepts('html') !== false;

/** Asked of every buyer's form: the type is taken apart only where it may be JSON. */
const sentJson = (req: Request): boolean =>
  (req.headers['content-type'] ?? '').toLowerCase().includes('json') && req.is('json') === 'json';

/** The shop's code may have answered in `getOrder`, in a hook or in a time limit. */
export const isAnswered = (res: Response): boolean => res.headersSent;

/** Headers of non-HTML responses: no caching, no MIME sniffing. */
const CLOSED = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };

/**
 * Sends a page with all of its headers, in place of those that the shop set for its pages. `send` of Express would hash
 * the page for an ETag, although it must not be cached. No call is chained: middleware may wrap these methods without
 * returning the response.
 */
export function sendPage(res: Response, status: number, page: Page): void {
  if (isAnswered(res)) return;
  res.statusCode = status;
  setAll(res, page.headers);
  res.setHeader('Content-Length', Buffer.byteLength(page.html));
  res.end(page.html);
}

const ONWARD = { ...CLOSED, 'Referrer-Policy': 'no-referrer', 'Content-Length': '0' };

/**
 * Sends a browser on to another page, without the secret of this address as its referrer. `redirect` of Express would
 * negotiate and write a text that no browser shows.
 */
export function goTo(res: Response, url: string): void {
  if (isAnswered(res)) return;
  res.statusCode = 303;
  res.location(url);
  setAll(res, ONWARD);
  res.end();
}

/** Sets headers as they are; `set` of Express would check each. */
function setAll(res: Response, headers: Record<string, string>): void {
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
}

/** JSON that is not cached. */
export function sendJson(res: Response, status: number, body: object): void {
  if (isAnswered(res)) return;
  res.statusCode = status;
  setAll(res, CLOSED);
  res.json(body);
}

/** Details of an error answer beyond its kind. */
export interface ErrorDetails {
  status?: number;
  /** More members of the problem document (RFC 9457). */
  extra?: object;
  /** Where the buyer tries again, if not at the shop's `retryUrl`. */
  retryUrl?: string | undefined;
}

/** An error as a page, or as a problem document for a program. */
export function sendError(
  context: Context,
  req: Request,
  res: Response,
  kind: ErrorKind,
  details: ErrorDetails = {},
): void {
  if (isAnswered(res)) return;
  const { locale, pages } = context.settings;
  const status = details.status ?? STATUS[kind];
  if (wantsJson(req)) {
    const { title, body } = texts(locale).error[kind];
    res.type('application/problem+json');
    sendJson(res, status, { title, status, detail: body, code: kind, ...details.extra });
    return;
  }
  const view = errorView(context, kind, details.retryUrl);
  const page = errorPage(view);
  sendPage(res, status, pages.error ? ownPage(page, pages.error(view)) : page);
}

/**
 * A page rendered by the shop: the router sets the headers against caching and referrers, the shop those about loading.
 */
export function ownPage(page: Page, html: string): Page {
  const headers = Object.fromEntries(
    Object.entries(page.headers).filter(([name]) => name.toLowerCase() !== 'content-security-policy'),
  );
  return { html, headers };
}
