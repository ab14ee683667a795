import type { IncomingHttpHeaders } from 'node:http';
import { brotliDecompressSync, gunzipSync, inflateSync, type ZlibOptions } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { BODY_LIMIT, nothingWithin, type Reply } from './transport';

/** How to unpack what the gateway was not asked to pack. */
const UNPACK: Record<string, (body: Buffer, options: ZlibOptions) => Buffer> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};

/** Takes away the mark of UTF-8 in front of a text, and never throws. */
const utf8 = new TextDecoder();

/** As axios says it of what is no answer to be read. */
const BAD_RESPONSE: Reply = { trouble: 'ERR_BAD_RESPONSE' };

/** Statuses below are not HTTP's; undici would wait for another. */
const FIRST_STATUS = 100;

/** undici's own words for what Node says with a code that people know. */
const KNOWN: Record<string, string> = { UND_ERR_SOCKET: 'ECONNRESET' };

/** One call by undici, from its beginning to its reply or to the end of its time. It tells its reply once. */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #timer: NodeJS.Timeout;
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | undefined;
  #isOver = false;
  #status = 0;
  #encoding: string | undefined;
  #length = 0;

  constructor(
    milliseconds: number,
    private readonly tell: (reply: Reply) => void,
  ) {
    this.#timer = setTimeout(() => this.#giveUp(nothingWithin(milliseconds)), milliseconds);
  }

  /** A connection is there, and nothing is sent yet: nor will it be, if the time went by until now. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#isOver) controller.abort(new Error('time is up'));
  }

  onResponseStart(_controller: unknown, status: number, headers: IncomingHttpHeaders): void {
    this.#status = status;
    this.#encoding = headers['content-encoding'];
    if (status < FIRST_STATUS) this.#giveUp({ status, body: '' });
  }

  onResponseData(_controller: unknown, chunk: Buffer): void {
    this.#length += chunk.length;
    if (this.#length > BODY_LIMIT) this.#giveUp(BAD_RESPONSE);
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#end(this.#read());
  }

  onResponseError(_controller: unknown, error: Error & { code?: unknown }): void {
    const { code } = error;
    this.#end({ trouble: typeof code === 'string' ? (KNOWN[code] ?? code) : 'a broken connection' });
  }

  #read(): Reply {
    const body = this.#chunks.length === 1 ? this.#chunks[0] : Buffer.concat(this.#chunks);
    const unpack = UNPACK[this.#encoding?.trim().toLowerCase() ?? ''];
    if (!unpack || !body) return { status: this.#status, body: utf8.decode(body) };
    try {
      return { status: this.#status, body: utf8.decode(unpack(body, { maxOutputLength: BODY_LIMIT })) };
    } catch {
      return BAD_RESPONSE;
    }
  }

  /** Ends the call before it has come to its end, and its connection with it. */
  #giveUp(reply: Reply): void {
    this.#end(reply);
    this.#controller?.abort(new Error('given up'));
  }

  #end(reply: Reply): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.tell(reply);
  }
}
