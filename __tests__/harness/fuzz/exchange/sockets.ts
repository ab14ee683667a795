import { Agent, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { text } from 'node:stream/consumers';
import type { Exchange, Sent } from './exchange';

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** Sends requests over loopback, on connections that are kept. */
export function overSockets(server: Server): Exchange {
  const agent = new Agent({ keepAlive: true });
  return ({ method, path, headers, body }) =>
    new Promise((resolve, reject) => {
      const options = {
        port: portOf(server),
        agent,
        method,
        path,
        headers: withLength(headers, body.length),
      };
      const outgoing = request({ host: '127.0.0.1', ...options }, (res) => {
        text(res).then((page) => resolve({ ...headOf(res), text: page }), reject);
      });
      outgoing.once('error', reject);
      outgoing.end(body);
    });
}

const withLength = (headers: Record<string, string>, length: number): Record<string, string> => ({
  ...headers,
  'content-length': String(length),
});

const headOf = (res: IncomingMessage): { status: number; location: string | undefined } => ({
  status: res.statusCode ?? 0,
  location: res.headers.location,
});

/** Announces more than it sends and hangs up; resolves when the server has seen the end of it. */
export async function cutOff(server: Server, { method, path, headers, body }: Sent): Promise<void> {
  const gone = new Promise<void>((resolve) => {
    server.once('connection', (socket) => socket.once('close', () => resolve()));
  });
  const options = { port: portOf(server), agent: false, method, path };
  const outgoing = request({
    host: '127.0.0.1',
    ...options,
    headers: withLength(headers, body.length + 10),
  });
  outgoing.on('error', () => undefined);
  outgoing.write(body, () => outgoing.destroy());
  await gone;
  await setImmediate();
}
