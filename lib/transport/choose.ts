import { axiosTransport } from './axios';
import type { HttpOptions, Transport } from './transport';
import { undiciTransport } from './undici';

/**
 * How calls are made. Agents and proxies are Node's and axios': whoever has set one is served by axios, and so is
 * whoever has one in the environment. All others are served by undici.
 *
 * @param timeout - the most milliseconds that a call may have.
 */
export const chooseTransport = (options: HttpOptions, timeout: number): Transport =>
  isDirect(options) ? undiciTransport(timeout) : axiosTransport(options);

function isDirect({ proxy, httpAgent, httpsAgent }: HttpOptions): boolean {
  if (httpAgent !== undefined || httpsAgent !== undefined) return false;
  return proxy === undefined ? !isProxyNamed() : proxy === false;
}

const isProxyNamed = (): boolean =>
  Object.keys(process.env).some((name) => name.toLowerCase().endsWith('_proxy'));
