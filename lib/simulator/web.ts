import http from 'node:http';
import https from 'node:https';
import { rootCertificates } from 'node:tls';
import axios from 'axios';
import type { Context } from './context';

/** An answer as a browser without a user would see it; redirects are not followed. */
export interface WebAnswer {
  status: number;
  /** Where the answer sends the browser, if it does: absolute. */
  location?: string;
  headers: Record<string, string | string[]>;
  body: string;
}

export interface WebRequest {
  form?: Record<string, string | undefined>;
  headers?: Record<string, string>;
}

/** GETs a page, or POSTs a form. */
export type Visit = (url: string, request?: WebRequest) => Promise<WebAnswer>;

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };

/** A browser's network without the browser. The simulator's addresses are reached under any host name. */
export function createVisit({ origins, settings }: Context): Visit {
  const own = new https.Agent({ rejectUnauthorized: false });
  const others = new https.Agent({
    ca: settings.https ? [...rootCertificates, settings.https.cert] : [...rootCertificates],
  });
  const client = axios.create({
    maxRedirects: 0,
    proxy: false,
    responseType: 'text',
    transformResponse: (body: unknown) => body,
    validateStatus: () => true,
    httpAgent: new http.Agent(),
  });
  return async (url, { form, headers } = {}) => {
    const local = toOwn(url, origins);
    const response = await client.request<string>({
      url: local ?? url,
      method: form ? 'POST' : 'GET',
      headers: { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8', ...(form && FORM), ...headers },
      httpsAgent: local === undefined ? others : own,
      ...(form && { data: encode(form) }),
    });
    const location: unknown = response.headers['location'];
    return {
      status: response.status,
      headers: Object.fromEntries(Object.entries(response.headers)),
      body: response.data,
      ...(typeof location === 'string' && { location: new URL(location, url).href }),
    };
  };
}

function encode(form: Record<string, string | undefined>): string {
  const given = Object.entries(form).filter((field): field is [string, string] => field[1] !== undefined);
  return new URLSearchParams(given).toString();
}

/** The same address at the origin that is sure to reach the simulator; undefined for everybody else's addresses. */
export function toOwn(url: string, { gateway, bank }: Context['origins']): string | undefined {
  const { origin, port, pathname, search } = new URL(url);
  const mine = origin === bank || port === new URL(gateway).port;
  return mine && /^\/(?:v1|bank)\//.test(pathname) ? gateway + pathname + search : undefined;
}
