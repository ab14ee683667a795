import { AxiosError, AxiosHeaders, type InternalAxiosRequestConfig } from 'axios';
import { chooseAdapter, type ChosenAdapter, type HttpOptions } from './adapter';
import { MOST_CALLS, Slots, type Operation } from './slots';

/** An HTTP answer, or why there is none, in words that hold nothing of the request. */
export type Reply = { status: number; body: string } | { trouble: string; reusedConnection: boolean };

/** One call to the gateway. */
export interface Call {
  operation: Operation;
  json: string;
  milliseconds: number;
  /** The most milliseconds of these that it waits while many others are under way. */
  patience: number;
  /** Over a new connection. */
  fresh: boolean;
}

/** The most bytes of a body that are read, packed or not. */
const BODY_LIMIT = 64 * 1024;

const HEADERS = {
  'Content-Type': 'application/json',
  Accept: 'application/json',
  'User-Agent': 'express-atipay',
};

const anyStatus = (): boolean => true;

/** Calls the gateway by an axios adapter. It bounds the calls under way, and so the sockets. */
export class Caller {
  readonly #slots = new Slots();
  readonly #adapter: ChosenAdapter;

  /** @throws AtipayError `ERR_ATIPAY_CONFIG` for a proxy or an adapter that cannot be used. */
  constructor(
    private readonly gatewayUrl: string,
    options: HttpOptions,
  ) {
    this.#adapter = chooseAdapter(gatewayUrl, options);
  }

  /** Makes a call, once. It never rejects. */
  async call(call: Call): Promise<Reply> {
    const limit = Math.ceil(call.milliseconds);
    if (limit <= 0) return noReply('no time was left, so it was not sent');
    const end = performance.now() + limit;
    const turn = this.#slots.take(call.operation, Math.min(limit, call.patience));
    const isAtOnce = turn === 'granted';
    const granted = isAtOnce ? turn : await turn;
    if (granted === 'late') return noReply(TOO_MANY);
    const left = isAtOnce ? limit : Math.ceil(end - performance.now());
    try {
      return left > 0 ? await this.#send(call, left, limit) : noReply(TOO_MANY);
    } finally {
      this.#slots.give();
    }
  }

  async #send({ operation, json, fresh }: Call, timeout: number, limit: number): Promise<Reply> {
    try {
      const config: InternalAxiosRequestConfig = {
        url: `${this.gatewayUrl}/${operation}`,
        method: 'post',
        data: json,
        headers: new AxiosHeaders(fresh ? { ...HEADERS, Connection: 'close' } : HEADERS),
        timeout,
        responseType: 'text',
        maxRedirects: 0,
        maxContentLength: BODY_LIMIT,
        validateStatus: anyStatus,
      };
      return replyOf(await this.#adapter.send(Object.assign(config, this.#adapter.settings(fresh))));
    } catch (error) {
      return troubleOf(error, limit);
    }
  }
}

const TOO_MANY = `it was not sent, since up to ${MOST_CALLS} other calls were under way while it waited; the gateway is slow or silent`;

const noReply = (trouble: string, reusedConnection = false): Reply => ({ trouble, reusedConnection });

/** A response of an adapter, of unknown shape. */
type Given = Readonly<Record<string, unknown>>;

const given = (value: unknown): Given =>
  typeof value === 'object' && value !== null ? (value as Given) : {};

function replyOf(response: unknown): Reply {
  const { status, data } = given(response);
  const body = bodyOf(data);
  if (typeof status !== 'number' || body === undefined) return noReply('an unreadable answer');
  return body.length > BODY_LIMIT ? noReply(AxiosError.ERR_BAD_RESPONSE) : { status, body };
}

/** A body as text, also where an adapter has parsed it or left it as bytes. */
function bodyOf(data: unknown): string | undefined {
  if (typeof data === 'string') return data;
  if (data === undefined || data === null) return '';
  if (data instanceof Uint8Array) return Buffer.from(data).toString();
  if (data instanceof ArrayBuffer) return Buffer.from(data).toString();
  const isPlain = [Object.prototype, Array.prototype, null].includes(
    Object.getPrototypeOf(data) as object | null,
  );
  return isPlain ? JSON.stringify(data) : undefined;
}

/** axios' codes of a call whose time is up. */
const TIME_IS_UP: ReadonlySet<unknown> = new Set([AxiosError.ECONNABORTED, AxiosError.ERR_CANCELED]);
const CODE = /^[A-Z][A-Z0-9_]{2,60}$/;
const PROXY_STATUS = /^ERR_PROXY_(\d+)$/;

/** Errors of axios carry the request with the key in it: only the fields listed here leave this function. */
function troubleOf(error: unknown, limit: number): Reply {
  const { code, response, request } = given(error);
  if (response !== undefined) return replyOf(response);
  if (TIME_IS_UP.has(code)) return noReply(`nothing within ${limit} ms`);
  const proxyStatus = typeof code === 'string' ? PROXY_STATUS.exec(code)?.[1] : undefined;
  if (proxyStatus !== undefined) return noReply(`the proxy answered with HTTP status ${proxyStatus}`);
  const trouble = typeof code === 'string' && CODE.test(code) ? code : 'a broken connection';
  return noReply(trouble, given(request)['reusedSocket'] === true);
}
