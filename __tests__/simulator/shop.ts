import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A callback as a shop received it. */
export interface Received {
  url: string;
  headers: IncomingMessage['headers'];
  fields: Record<string, string>;
}

/** A shop without a library: pages as given, and every POST written down and answered with a redirect. */
export interface Shop {
  url: string;
  received: Received[];
  page(path: string, body: string, headers?: Record<string, string>): string;
  close(): Promise<void>;
}

export async function openShop(): Promise<Shop> {
  const received: Received[] = [];
  const pages = new Map<string, { body: string; headers: Record<string, string> }>();
  const server = createServer((req, res) => void answer(req, res, received, pages));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    received,
    page: (path, body, headers = {}) => {
      pages.set(path, { body, headers });
      return url + path;
    },
    close: () => close(server),
  };
}

async function answer(
  req: IncomingMessage,
  res: ServerResponse,
  received: Received[],
  pages: ReadonlyMap<string, { body: string; headers: Record<string, string> }>,
): Promise<void> {
  const url = req.url ?? '';
  if (req.method === 'POST') {
    const fields = Object.fromEntries(new URLSearchParams(await text(req)));
    received.push({ url, headers: req.headers, fields });
    res.writeHead(303, { Location: '/result?of=payment', 'X-Shop': 'yes' }).end('moved');
    return;
  }
  const page = pages.get(url);
  res.writeHead(page ? 200 : 404, { 'Content-Type': 'text/html', ...page?.headers }).end(page?.body ?? '');
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
