import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ChildMessage, ChildRequest } from './child';

/** The requests that a run may make of this process, by name. */
export type Requests = Record<string, (value: never) => unknown>;

/** The plan this process was started with. */
export const readPlan = (): unknown => JSON.parse(process.argv[2] ?? 'null');

const say = (message: ChildMessage): void => void process.send?.(message);

/** Answers requests, and ends with the run. */
export function serveRequests(requests: Requests, port: number): void {
  process.on('message', ({ id, name, value }: ChildRequest) => {
    Promise.resolve()
      .then(() => requests[name]?.(value as never))
      .then((answer) => say({ kind: 'answer', id, value: answer }))
      .catch((error: unknown) => say({ kind: 'error', id, message: String(error) }));
  });
  process.on('disconnect', () => process.exit());
  say({ kind: 'ready', port });
}

/** Crowds that come at one moment wait here until they are let in; the system may allow less. */
const BACKLOG = 8_192;

/** Listens on any port of this machine. */
export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', BACKLOG, resolve));
  return (server.address() as AddressInfo).port;
}
