import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, type ZlibOptions } from 'node:zlib';
import type { IncomingHttpHeaders } from 'node:http';
import { AxiosError, type AxiosAdapter, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import type { Dispatcher } from 'undici';
import { AtipayError } from '../errors';
import { Connection, Endpoint, loadUndici } from './connection';
import type { Proxy } from './proxy';

type Unpack = (body: Buffer, options: ZlibOptions) => Buffer;

/** Half of the servers that say deflate leave zlib's two bytes out. */
const inflate: Unpack = (body, options) => (isZlib(body) ? inflateSync : inflateRawSync)(body, options);
const isZlib = (body: Buffer): boolean =>
  body.length > 1 && ((body[0] ?? 0) & 0x0f) === 8 && body.readUInt16BE(0) % 31 === 0;

/** How to unpack a body that the gateway has packed without being asked to. */
const UNPACK: Record<string, Unpack> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflate,
  br: brotliDecompressSync,
};

/** undici's codes for errors that Node has better known codes for. */
const CODES: Record<string, string> = { UND_ERR_SOCKET: 'ECONNRESET' };

/**
 * Sends calls to the gateway by undici, each for at most `timeout` milliseconds from its beginning to the end of its
 * answer. Connections are kept for the next call; a call with `Connection: close` gets a new one.
 *
 * @throws AtipayError `ERR_ATIPAY_CONFIG` where undici cannot run.
 */
export function undiciAdapter(gatewayUrl: string, proxy: Proxy | undefined): AxiosAdapter {
  const connections = new Connections(new Endpoint(undiciHere(), gatewayUrl, proxy));
  const { origin } = new URL(gatewayUrl);
  return (config) =>
    new Promise((resolve, reject) => {
      const { Connection: persistence, ...headers } = config.headers.toJSON() as Record<string, string>;
      const fresh = persistence === 'close';
      const connection = connections.take(fresh);
      const exchange = new Exchange(config, connection, {
        answered: (response) => {
          connections.give(connection, fresh);
          resolve(response);
        },
        failed: (error) => {
          connection.destroy();
          reject(error);
        },
      });
      const path = config.url?.slice(origin.length) ?? '/';
      connection.send({ path, method: 'POST', headers, body: config.data as string, reset: fresh }, exchange);
    });
}

function undiciHere(): ReturnType<typeof loadUndici> {
  try {
    return loadUndici();
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown reason';
    throw new AtipayError(
      'ERR_ATIPAY_CONFIG',
      `undici, which calls the gateway, does not load here (${why}). In jest, write @jest-environment node at the head of the test file, or testEnvironment: 'node'; elsewhere give http.adapter an axios adapter.`,
    );
  }
}

/** Connections that wait for their next call, the last used first. */
class Connections {
  readonly #idle: Connection[] = [];

  constructor(private readonly endpoint: Endpoint) {}

  /** @param fresh - a new one, in the place of the one that has waited longest. */
  take(fresh: boolean): Connection {
    if (fresh) this.#idle.shift()?.destroy();
    return (
      (fresh ? undefined : this.#idle.pop()) ?? new Connection(this.endpoint, (gone) => this.#forget(gone))
    );
  }

  give(connection: Connection, fresh: boolean): void {
    if (fresh || !connection.isOpen) connection.destroy();
    else this.#idle.push(connection);
  }

  #forget(connection: Connection): void {
    const index = this.#idle.indexOf(connection);
    if (index >= 0) this.#idle.splice(index, 1);
  }
}

interface Outcome {
  answered(response: AxiosResponse<string>): void;
  failed(error: AxiosError): void;
}

/** One call, from its beginning to its answer or to the end of its time. It has one outcome. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #chunks: Buffer[] = [];
  readonly #deadline: number;
  readonly #timer: NodeJS.Timeout;
  #isOver = false;
  #isSent = false;
  #status = 0;
  #headers: IncomingHttpHeaders = {};
  #length = 0;

  constructor(
    private readonly config: InternalAxiosRequestConfig,
    private readonly connection: Connection,
    private readonly outcome: Outcome,
  ) {
    const milliseconds = config.timeout ?? 0;
    this.#deadline = performance.now() + milliseconds;
    this.#timer = setTimeout(() => this.#fail(AxiosError.ECONNABORTED), milliseconds);
  }

  /** The connection is there, and nothing is sent yet. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (!this.#isOver && performance.now() >= this.#deadline) this.#fail(AxiosError.ECONNABORTED);
    if (this.#isOver) controller.abort(new Error('time is up'));
    else {
      this.#isSent = true;
      this.connection.begin();
    }
  }

  onResponseStart(_controller: unknown, status: number, headers: IncomingHttpHeaders): void {
    this.#status = status;
    this.#headers = headers;
    // Statuses below 100 are not HTTP's; undici would wait for another.
    if (status >= 100) return;
    this.connection.destroy();
    this.#answer('');
  }

  onResponseData(_controller: unknown, chunk: Buffer): void {
    this.#length += chunk.length;
    if (this.#length > (this.config.maxContentLength ?? Infinity)) this.#fail(AxiosError.ERR_BAD_RESPONSE);
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.connection.end();
    try {
      this.#answer(this.#unpacked().toString());
    } catch {
      this.#fail(AxiosError.ERR_BAD_RESPONSE);
    }
  }

  onResponseError(_controller: unknown, error: Error & { code?: unknown }): void {
    const { code } = error;
    this.#fail(typeof code === 'string' ? (CODES[code] ?? code) : undefined);
  }

  #unpacked(): Buffer {
    const body = Buffer.concat(this.#chunks);
    const encoding = this.#headers['content-encoding']?.trim().toLowerCase() ?? '';
    const unpack = Object.hasOwn(UNPACK, encoding) ? UNPACK[encoding] : undefined;
    return unpack && body.length > 0 ? unpack(body, { maxOutputLength: this.config.maxContentLength }) : body;
  }

  #answer(data: string): void {
    if (!this.#end()) return;
    const { config } = this;
    const headers = this.#headers as AxiosResponse['headers'];
    this.outcome.answered({ data, status: this.#status, statusText: '', headers, config });
  }

  /** As in Node, `request.reusedSocket` says that the connection was an old one; without an answer's first byte, it was closed. */
  #fail(code: string | undefined): void {
    if (!this.#end()) return;
    const reusedSocket = this.connection.wasReused && code !== AxiosError.ECONNABORTED;
    const request = this.#isSent ? { reusedSocket } : undefined;
    this.outcome.failed(new AxiosError('no answer', code, undefined, request));
  }

  #end(): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    clearTimeout(this.#timer);
    return true;
  }
}
