import http from 'node:http';
import https from 'node:https';
import { AxiosError, getAdapter, type AxiosAdapter, type AxiosProxyConfig } from 'axios';
import type { InternalAxiosRequestConfig } from 'axios';
import { AtipayError } from '../errors';
import { undiciAdapter } from './http';
import { findProxy, type Proxy } from './proxy';

/** How the gateway is called. */
export interface HttpOptions {
  /** Milliseconds for a whole call, waiting and connecting included. Default 10,000. */
  timeout?: number | undefined;
  /**
   * Merchants register one IP address: a proxy that has it, or `false` to ignore `HTTPS_PROXY` and `ALL_PROXY`, which are
   * read when the client is made.
   */
  proxy?: AxiosProxyConfig | false | undefined;
  /**
   * An axios adapter to call with instead of undici: axios' `'http'`, or a function. The shop's agents come with a
   * function: `(config) => getAdapter('http')({ ...config, httpsAgent })`.
   */
  adapter?: 'http' | AxiosAdapter | undefined;
}

type AdapterSettings = Pick<InternalAxiosRequestConfig, 'proxy' | 'httpAgent' | 'httpsAgent'>;

/** An adapter, and the config of a call with and without a new connection. */
export interface ChosenAdapter {
  send: AxiosAdapter;
  settings(fresh: boolean): AdapterSettings | undefined;
}

/**
 * The adapter of the options; undici's without one.
 *
 * @throws AtipayError `ERR_ATIPAY_CONFIG` for a proxy or an adapter that cannot be used.
 */
export function chooseAdapter(gatewayUrl: string, { adapter, proxy }: HttpOptions): ChosenAdapter {
  if (typeof adapter === 'function') return inAxiosShape(adapter, proxy === undefined ? {} : { proxy });
  const found = findProxy(gatewayUrl, proxy, process.env);
  if (adapter === undefined) return { send: undiciAdapter(gatewayUrl, found), settings: () => undefined };
  return inAxiosShape(axiosAdapter(adapter), { proxy: found ? axiosProxy(found) : false });
}

function axiosAdapter(name: string): AxiosAdapter {
  try {
    if (name === 'http') return getAdapter('http');
  } catch {
    // axios' build for browsers, which bundlers and jsdom choose, has none.
  }
  throw new AtipayError(
    'ERR_ATIPAY_CONFIG',
    `The axios adapter in http.adapter cannot be used here. Write 'http' (in Node: jest needs @jest-environment node), a function that takes an axios config, or leave it out.`,
  );
}

const axiosProxy = ({ hostname, port, protocol, auth }: Proxy): AxiosProxyConfig => ({
  host: hostname,
  port,
  protocol,
  ...(auth && { auth }),
});

/** Sockets of axios' adapter. TLS is verified despite NODE_TLS_REJECT_UNAUTHORIZED. */
const agents = (keepAlive: boolean): AdapterSettings => ({
  httpAgent: new http.Agent({ keepAlive }),
  httpsAgent: new https.Agent({ keepAlive, rejectUnauthorized: true }),
});

function inAxiosShape(adapter: AxiosAdapter, settings: AdapterSettings): ChosenAdapter {
  const kept = { ...agents(true), ...settings };
  return {
    send: withTimeLimit(adapter),
    settings: (fresh) => (fresh ? { ...agents(false), ...settings } : kept),
  };
}

/**
 * Ends a call when its time is up, also where the adapter goes on: axios' timeout bounds silence, not the whole call.
 */
function withTimeLimit(adapter: AxiosAdapter): AxiosAdapter {
  return (config) =>
    new Promise((resolve, reject) => {
      const abort = new AbortController();
      const timer = setTimeout(() => {
        reject(new AxiosError('time is up', AxiosError.ECONNABORTED));
        abort.abort();
      }, config.timeout);
      const send = async (): Promise<void> => resolve(await adapter({ ...config, signal: abort.signal }));
      send()
        .catch(reject)
        .finally(() => clearTimeout(timer));
    });
}
