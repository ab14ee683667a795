import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import type { Certificate } from './tls';

/** One call as it came in. */
export interface Call {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  json: Record<string, unknown>;
  /** Numbers connections. */
  port: number;
}

/** The server's reaction to a call that it has read. */
export type Answer = (res: ServerResponse) => unknown;

/** A server whose bytes a test decides. */
export interface FakeGateway {
  url: string;
  calls: Call[];
  /** How the following calls are answered. */
  answers(answer: Answer): void;
  close(): Promise<void>;
}

/** Listens on a free port of this machine; with a certificate, over TLS. */
export async function startFakeGateway(tls?: Certificate): Promise<FakeGateway> {
  const calls: Call[] = [];
  let answer: Answer = json({});
  const take = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    calls.push(await readCall(req));
    answer(res);
  };
  const listener = (req: IncomingMessage, res: ServerResponse): void => void take(req, res);
  const server = tls ? createTlsServer(tls, listener) : createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    answers: (next) => (answer = next),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function readCall(req: IncomingMessage): Promise<Call> {
  const { method = '', url: path = '', headers, socket } = req;
  const body = await readText(req);
  const json = body.startsWith('{') ? (JSON.parse(body) as Record<string, unknown>) : {};
  return { method, path, headers, body, json, port: socket.remotePort ?? 0 };
}

/** These bytes as the body. */
export const body =
  (content: string | Buffer, status = 200, headers: Record<string, string> = {}): Answer =>
  (res) =>
    res.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(content);

/** This value as JSON. */
export const json = (value: unknown, status = 200): Answer => body(JSON.stringify(value), status);

/** These bytes instead of an HTTP answer, and the end of the connection. */
export const bytes =
  (content: string): Answer =>
  (res) =>
    res.socket?.end(content);

/** A connection torn down without a word. */
export const reset: Answer = (res) => res.socket?.resetAndDestroy();

/** Nothing at all, for as long as the caller waits. */
export const silence: Answer = () => undefined;

/** A body that never ends: every few milliseconds these bytes again, until the caller hangs up. */
export const forever =
  (content: string | Buffer, milliseconds: number): Answer =>
  (res) => {
    res.writeHead(200, { 'Content-Type': 'application/json' });
    const timer = setInterval(() => res.write(content), milliseconds);
    res.on('close', () => clearInterval(timer));
  };
