import http from 'node:http';
import https from 'node:https';
import { AxiosHeaders, getAdapter, isAxiosError } from 'axios';
import type { AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import { TimeLimit } from './time-limit';
import {
  BODY_LIMIT,
  HEADERS,
  KEPT_MS,
  nothingWithin,
  type HttpOptions,
  type Reply,
  type Transport,
} from './transport';

/** Sockets are probed at axios' distance: it would else set each of them to its own with every call. */
const KEPT: http.AgentOptions = { keepAlive: true, timeout: KEPT_MS, keepAliveMsecs: 60_000 };

/**
 * axios' way to the network, without what comes before it: the merging of defaults, which are the shop's to change and
 * must not reach the gateway, and the interceptors, of which there are none. It is half of what a call costs.
 */
const send = getAdapter('http');

/** Calls by axios, through the agents and proxies that the shop has set. */
export function axiosTransport({ httpAgent, httpsAgent, proxy }: HttpOptions): Transport {
  const settings: Omit<InternalAxiosRequestConfig, 'headers'> = {
    method: 'post',
    httpAgent: httpAgent ?? new http.Agent(KEPT),
    httpsAgent: httpsAgent ?? new https.Agent(KEPT),
    // Undefined, it is looked for in the environment.
    ...(proxy !== undefined && { proxy }),
    maxRedirects: 0,
    maxContentLength: BODY_LIMIT,
    validateStatus: () => true,
  };
  return async ({ url, json, milliseconds }) => {
    try {
      const { status, data } = (await send({
        url,
        headers: new AxiosHeaders(HEADERS),
        data: json,
        signal: new TimeLimit(milliseconds),
        ...settings,
      })) as AxiosResponse<string>;
      return { status, body: data };
    } catch (error) {
      return troubleOf(error, milliseconds);
    }
  };
}

/** axios' errors carry the request with the key in it: only their code and kind leave this file. */
function troubleOf(error: unknown, milliseconds: number): Reply {
  if (!isAxiosError(error)) return { trouble: 'an unreadable answer' };
  // What is cancelled is cancelled by us; the system's own limits of time are told by their code.
  if (error.code === 'ERR_CANCELED') return nothingWithin(milliseconds);
  return { trouble: error.code ?? 'a broken connection' };
}
