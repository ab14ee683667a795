import { connect, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** Gives each connection to the next process that takes it, as a load balancer does. Knows nothing of HTTP. */
export class RoundRobin {
  private next = 0;

  private constructor(
    private readonly server: Server,
    private readonly ports: () => number[],
  ) {}

  static async open(ports: () => number[]): Promise<RoundRobin> {
    const server = createServer({ allowHalfOpen: false });
    const proxy = new RoundRobin(server, ports);
    server.on('connection', (socket) => {
      socket.on('error', () => socket.destroy());
      proxy.pass(socket, proxy.ports().length);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
  }

  private pass(client: Socket, tries: number): void {
    const ports = this.ports();
    const port = ports[(this.next += 1) % Math.max(1, ports.length)];
    if (port === undefined || tries === 0) {
      client.destroy();
      return;
    }
    const backend = connect(port, '127.0.0.1');
    const refused = (): void => this.pass(client, tries - 1);
    backend.once('error', refused);
    backend.once('connect', () => {
      backend.off('error', refused);
      join(client, backend);
    });
  }
}

function join(client: Socket, backend: Socket): void {
  const cut = (): void => {
    client.destroy();
    backend.destroy();
  };
  client.on('error', cut).once('close', cut);
  backend.on('error', cut).once('close', cut);
  client.pipe(backend).pipe(client);
}
