import net, { type Socket } from 'node:net';
import tls from 'node:tls';
import type * as Undici from 'undici';
import type { buildConnector, Client, Dispatcher } from 'undici';
import { InterimFilter } from './interim';
import { authorizationOf, type Proxy } from './proxy';

/** How long an idle connection is kept: less than servers usually keep theirs, so that no call meets a closing one. */
const KEPT_MS = 4_000;

/** undici's client, loaded by its file: Bun has a partial undici behind the bare name. */
export const loadUndici = (): typeof Undici => require('undici/index.js') as typeof Undici;

type Target = buildConnector.Options;

/** Where connections lead, and the options they share. */
export class Endpoint {
  readonly origin: string;
  /** Before the path of each request. */
  readonly prefix: string;
  /** With each request. */
  readonly headers: Record<string, string>;
  readonly #tunnel: Proxy | undefined;
  #session: Buffer | undefined;

  constructor(
    readonly undici: typeof Undici,
    url: string,
    proxy: Proxy | undefined,
  ) {
    const { origin, protocol, host } = new URL(url);
    // A proxy is asked for the whole URL of http:, and for a tunnel to https:.
    const asksProxy = proxy !== undefined && protocol === 'http:';
    this.origin = asksProxy ? proxy.origin : origin;
    this.prefix = asksProxy ? origin : '';
    this.headers = asksProxy ? { host, ...authorizationOf(proxy) } : {};
    this.#tunnel = protocol === 'http:' ? undefined : proxy;
  }

  /** Opens a socket, or a tunnel through the proxy, and closes it when the signal says so. */
  connect(target: Target, signal: AbortSignal, done: buildConnector.Callback): void {
    const give = (socket: Socket): void => whenReady(socket, target.protocol, done);
    if (!this.#tunnel) give(this.#open(target, signal));
    else {
      this.#through(this.#tunnel, target, signal).then(
        (socket) => give(this.#open(target, signal, socket)),
        (error: unknown) => done(error as Error, null),
      );
    }
  }

  #open({ protocol, hostname, port, servername }: Target, signal: AbortSignal, socket?: Socket): Socket {
    const host = { host: hostname, port: Number(port) || (protocol === 'https:' ? 443 : 80) };
    const opened =
      protocol === 'https:'
        ? tls
            .connect({
              ...host,
              ...(socket && { socket }),
              ...(this.#session && !this.#tunnel && { session: this.#session }),
              servername: servername ?? '',
              ALPNProtocols: ['http/1.1'],
              // Despite NODE_TLS_REJECT_UNAUTHORIZED.
              rejectUnauthorized: true,
            })
            .on('session', (session: Buffer) => (this.#session = session))
        : net.connect(host);
    opened.setNoDelay(true).setKeepAlive(true, 60_000);
    signal.addEventListener('abort', () => opened.destroy());
    return opened;
  }

  async #through(proxy: Proxy, { hostname, port }: Target, signal: AbortSignal): Promise<Socket> {
    const client = new this.undici.Client(proxy.origin, {
      connect: (target: Target, done: buildConnector.Callback) =>
        whenReady(this.#open(target, signal), target.protocol, done),
      headersTimeout: 0,
    });
    const path = `${hostname.includes(':') ? `[${hostname}]` : hostname}:${port || 443}`;
    const { statusCode, socket } = await client.connect({
      path,
      headers: { host: path, ...authorizationOf(proxy) },
    });
    if (statusCode === 200) return socket as Socket;
    socket.destroy();
    throw Object.assign(new Error('the proxy opens no tunnel'), { code: `ERR_PROXY_${statusCode}` });
  }
}

function whenReady(socket: Socket, protocol: string, done: buildConnector.Callback): void {
  const fail = (error: Error): void => done(error, null);
  socket.once('error', fail).once(protocol === 'https:' ? 'secureConnect' : 'connect', () => {
    socket.off('error', fail);
    done(null, socket);
  });
}

/** One connection to the gateway. It carries one call at a time. */
export class Connection {
  readonly #abort = new AbortController();
  readonly #client: Client;
  #filter: InterimFilter | undefined;
  #isOpen = false;
  #answers = 0;
  #hasBytes = false;

  constructor(
    private readonly endpoint: Endpoint,
    onClose: (connection: Connection) => void,
  ) {
    this.#client = new endpoint.undici.Client(endpoint.origin, {
      connect: (target: Target, done: buildConnector.Callback) =>
        endpoint.connect(target, this.#abort.signal, (...[error, socket]) => {
          if (socket) this.#filter = new InterimFilter(socket, () => (this.#hasBytes = true));
          if (error) done(error, null);
          else done(null, socket);
        }),
      keepAliveTimeout: KEPT_MS,
      keepAliveMaxTimeout: KEPT_MS,
      // A call has a time limit for the whole of it.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    this.#client
      .on('connect', () => {
        this.#isOpen = true;
        this.#answers = 0;
      })
      .on('disconnect', () => {
        this.#isOpen = false;
        onClose(this);
      });
  }

  /** Another call can be sent over it. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** It has carried a call before this one, of whose answer no byte has come. */
  get wasReused(): boolean {
    return this.#answers > 0 && !this.#hasBytes;
  }

  /** Sends a request; its handler hears of it in any case. */
  send(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void {
    const { prefix, headers } = this.endpoint;
    if (prefix !== '') {
      options.path = `${prefix}${options.path}`;
      options.headers = { ...(options.headers as Record<string, string>), ...headers };
    }
    this.#client.dispatch(options, handler);
  }

  /** A request is about to be written. */
  begin(): void {
    this.#hasBytes = false;
    this.#filter?.expect();
  }

  /** An answer has come whole. */
  end(): void {
    this.#answers += 1;
  }

  /** Closes it at once, also while it is opening. */
  destroy(): void {
    this.#isOpen = false;
    this.#abort.abort();
    void this.#client.destroy();
  }
}
