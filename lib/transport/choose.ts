import { axiosTransport } from './axios';
import type { HttpOptions, Transport } from './transport';
import { undiciTransport } from './undici';

/**
 * How calls are made. Agents and proxies are Node's and axios': whoever has set one is served by axios, and so is
 * whoever has one in the environment. All others are served by undici.
 *
 * @param timeout - the most milliseconds that a call may have.
 */
export function chooseTransport(given: HttpOptions, timeout: number): Transport {
  const options = given.proxy === undefined && !isProxyNamed() ? { ...given, proxy: false as const } : given;
  const { proxy, httpAgent, httpsAgent } = options;
  const isDirect = proxy === false && httpAgent === undefined && httpsAgent === undefined;
  return isDirect ? undiciTransport(timeout) : axiosTransport(options);
}

/** Looked for once: axios would look with every call. */
const isProxyNamed = (): boolean =>
  Object.keys(process.env).some((name) => name.toLowerCase().endsWith('_proxy'));
