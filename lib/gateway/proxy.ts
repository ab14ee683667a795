import type { AxiosProxyConfig } from 'axios';
import { AtipayError } from '../errors';

/** A proxy that has passed the check. */
export interface Proxy {
  protocol: 'http:' | 'https:';
  /** The proxy's address: `http://proxy.example:3128`. */
  origin: string;
  hostname: string;
  port: number;
  auth: { username: string; password: string } | undefined;
}

/** The environment variables that are read: `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

const PORTS = { 'http:': 80, 'https:': 443 };

/**
 * The proxy for calls to the gateway: the option, else the environment's `HTTPS_PROXY` (for `http:` URLs `HTTP_PROXY`) or
 * `ALL_PROXY` unless `NO_PROXY` names the host; lower case first, as curl does.
 *
 * @throws AtipayError `ERR_ATIPAY_CONFIG` for a proxy that cannot be used. Its user and password are not shown.
 */
export function findProxy(
  gatewayUrl: string,
  option: AxiosProxyConfig | false | undefined,
  environment: Environment,
): Proxy | undefined {
  if (option === false) return undefined;
  if (option !== undefined) return readOption(option);
  const { protocol, hostname, port } = new URL(gatewayUrl);
  const found = [`${protocol.slice(0, -1)}_proxy`, 'all_proxy']
    .flatMap((name) => [name, name.toUpperCase()])
    .find((name) => (environment[name] ?? '').trim() !== '');
  if (found === undefined) return undefined;
  const gatewayPort = Number(port || PORTS[protocol as keyof typeof PORTS]);
  if (isExcluded(hostname, gatewayPort, environment['no_proxy'] || environment['NO_PROXY'] || '')) {
    return undefined;
  }
  return readVariable(found, environment[found] ?? '', hostname);
}

/** Why the option cannot be used; undefined where it can. */
export function optionProblem({ protocol = 'http', host, port, auth }: AxiosProxyConfig): string | undefined {
  if (!/^https?:?$/.test(protocol)) return 'protocol is not supported';
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return 'port is not a port';
  if (!isHostName(host)) return 'host is not a host name';
  const { username, password } = (auth ?? {}) as Record<string, unknown>;
  const isNamed = typeof username === 'string' && typeof password === 'string';
  return auth === undefined || isNamed ? undefined : 'auth is not { username, password }';
}

const isHostName = (host: unknown): boolean =>
  typeof host === 'string' && !/[@/?#\s]/.test(host) && URL.canParse(`http://${bracketed(host)}:1`);

const bracketed = (host: string): string => (/^[^[].*:/.test(host) ? `[${host}]` : host);

function readOption(option: AxiosProxyConfig): Proxy {
  const problem = optionProblem(option);
  if (problem !== undefined) throw unusable('http.proxy', problem, 'another { protocol, host, port, auth }');
  const protocol = `${(option.protocol ?? 'http').replace(':', '')}:` as Proxy['protocol'];
  const { hostname } = new URL(`${protocol}//${bracketed(option.host)}:${option.port}`);
  const { port } = option;
  return { protocol, hostname, port, origin: `${protocol}//${hostname}:${port}`, auth: option.auth };
}

function readVariable(name: string, value: string, gatewayHost: string): Proxy {
  const text = value.trim();
  const full = text.includes('://') ? text : `http://${text}`;
  const instead = `http://host:port, or exclude the gateway with NO_PROXY=${gatewayHost}, or set http: { proxy: false }, or give an http.adapter that can use it`;
  if (!URL.canParse(full)) throw unusable(name, 'it is no URL', instead);
  const { protocol, hostname, port, host, username, password } = new URL(full);
  if ((protocol !== 'http:' && protocol !== 'https:') || hostname === '') {
    throw unusable(name, `${protocol}//${host} is not an HTTP proxy`, instead);
  }
  const number = Number(port || PORTS[protocol]);
  const auth =
    username === '' && password === ''
      ? undefined
      : { username: decoded(username), password: decoded(password) };
  return { protocol, hostname, port: number, origin: `${protocol}//${hostname}:${number}`, auth };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const unusable = (source: string, problem: string, write: string): AtipayError =>
  new AtipayError('ERR_ATIPAY_CONFIG', `The proxy in ${source} cannot be used: ${problem}. Write ${write}.`);

/** Whether `NO_PROXY` names a host: `*`, `host`, `.suffix`, `*.suffix`, each with or without a port. */
function isExcluded(hostname: string, port: number, list: string): boolean {
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      const [, host = '', ofPort] = /^(.+?|\[.+\])(?::(\d+))?$/.exec(entry) ?? [];
      const name = bracketed(host.replace(/^\*?\./, ''));
      const isNamed = hostname === name || hostname.endsWith(`.${name}`);
      return isNamed && (ofPort === undefined || Number(ofPort) === port);
    });
}

/** The header that a proxy with a password asks for. */
export const authorizationOf = ({ auth }: Proxy): Record<string, string> =>
  auth
    ? {
        'proxy-authorization': `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}`,
      }
    : {};
