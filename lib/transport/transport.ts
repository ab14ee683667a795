import type http from 'node:http';
import type https from 'node:https';
import type { AxiosRequestConfig } from 'axios';

/**
 * How calls to the gateway are made; the names are axios', which makes them if there is an agent or a proxy. Otherwise undici
 * does.
 */
export interface HttpOptions {
  /** Milliseconds until a call counts as unanswered. Default 10,000. */
  timeout?: number | undefined;
  /**
   * Merchants register one IP address: a proxy that has it, or `false` to ignore `HTTPS_PROXY`, which is looked for when
   * the router is made.
   */
  proxy?: AxiosRequestConfig['proxy'];
  /** An agent of the shop's own, for `http:` addresses. */
  httpAgent?: http.Agent | undefined;
  /** An agent of the shop's own, for `https:` addresses: own certificates, a SOCKS proxy. */
  httpsAgent?: https.Agent | undefined;
}

/** A POST of JSON, and the milliseconds for the whole of it. */
export interface Call {
  url: string;
  json: string;
  milliseconds: number;
}

/** What came back: an answer over HTTP, or why there is none, in words that hold nothing of the request. */
export type Reply = { status: number; body: string } | { trouble: string };

/** Makes a call, once. Redirects are not followed. It never rejects. */
export type Transport = (call: Call) => Promise<Reply>;

/** The most bytes of a body that are read, packed or not. */
export const BODY_LIMIT = 64 * 1024;

/**
 * How long a connection that nobody uses is kept, in milliseconds: below the time after which servers close theirs, so
 * that no call is sent into a closing one.
 */
export const KEPT_MS = 4_000;

/** What every call says of itself. */
export const HEADERS = {
  'Content-Type': 'application/json',
  Accept: 'application/json',
  'User-Agent': 'express-atipay',
};

/** No answer by the end of the call's time. */
export const nothingWithin = (milliseconds: number): Reply => ({
  trouble: `nothing within ${milliseconds} ms`,
});
