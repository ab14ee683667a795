import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** One connection through the proxy. */
interface Tunnel {
  client: Socket;
  server: Socket;
  silent: boolean;
}

/** A TCP proxy in front of a database that loses connections on demand. */
export interface TcpProxy {
  /** The database's URL through the proxy. */
  url: string;
  /** How many connections were opened through it. */
  opened: () => number;
  /** Resets open connections, as a firewall does. */
  reset: () => void;
  /** Closes open connections in good order. */
  end: () => void;
  /** Passes nothing more on open connections, and closes none. */
  silence: () => void;
  /** Passes on the next bytes that are meant, and resets their connection instead of answering. */
  cutAnswerTo: (isMeant: (bytes: Buffer) => boolean) => void;
  close: () => Promise<void>;
}

/** Starts a proxy in front of a database. */
export async function tcpProxy(target: string): Promise<TcpProxy> {
  const tunnels = new Set<Tunnel>();
  let opened = 0;
  let cut: ((bytes: Buffer) => boolean) | undefined;
  const { hostname, port } = new URL(target);
  const proxy = createServer((client) => {
    opened++;
    const tunnel: Tunnel = { client, server: connect(Number(port), hostname), silent: false };
    tunnels.add(tunnel);
    let unanswered = false;
    client.on('data', (bytes) => {
      if (tunnel.silent) return;
      if (cut?.(bytes)) {
        cut = undefined;
        unanswered = true;
      }
      tunnel.server.write(bytes);
    });
    tunnel.server.on('data', (bytes) => {
      if (tunnel.silent) return;
      if (unanswered) client.resetAndDestroy();
      else client.write(bytes);
    });
    for (const [one, other] of [
      [client, tunnel.server],
      [tunnel.server, client],
    ] as const) {
      one.on('error', () => undefined);
      one.on('close', () => {
        tunnels.delete(tunnel);
        other.destroy();
      });
    }
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const url = new URL(target);
  url.host = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const each = (work: (tunnel: Tunnel) => unknown) => () => {
    for (const tunnel of tunnels) work(tunnel);
  };
  return {
    url: url.href,
    opened: () => opened,
    reset: each(({ client }) => client.resetAndDestroy()),
    end: each(({ client }) => client.end()),
    silence: each((tunnel) => (tunnel.silent = true)),
    cutAnswerTo: (isMeant) => (cut = isMeant),
    close: async () => {
      each(({ client }) => client.destroy())();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}
