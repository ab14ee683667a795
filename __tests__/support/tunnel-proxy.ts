import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Certificate } from './tls';

/** A proxy that opens tunnels, and its record of them. */
export interface TunnelProxy {
  port: number;
  /** Each CONNECT: its target and its credentials. */
  asked: [target: string | undefined, authorization: string | undefined][];
  /** The bytes from the client into the tunnels. */
  seen(): Buffer;
  close(): void;
}

/** Listens on a free port, with a certificate over TLS. It leads every tunnel to this port, or refuses with a status. */
export async function startTunnelProxy(
  leadsTo: number,
  { status = 200, tls }: { status?: number; tls?: Certificate } = {},
): Promise<TunnelProxy> {
  const chunks: Buffer[] = [];
  const asked: TunnelProxy['asked'] = [];
  const server = tls ? createHttpsServer(tls) : createHttpServer();
  const sockets = new Set<Duplex>();
  server.on('connect', (req: IncomingMessage, client: Duplex) => {
    asked.push([req.url, req.headers['proxy-authorization']]);
    sockets.add(client.on('error', () => client.destroy()));
    if (status !== 200) return void client.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`);
    const upstream = connect(leadsTo, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .pipe(upstream)
        .pipe(client);
    });
    sockets.add(upstream.on('error', () => client.destroy()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    seen: () => Buffer.concat(chunks),
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
