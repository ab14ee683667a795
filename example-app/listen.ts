import { once } from 'node:events';
import type { Server } from 'node:http';

/** Listens on a port. `variable` is what to set for another one, should it be taken. */
export async function listen(server: Server, port: number, variable: string): Promise<void> {
  try {
    await once(server.listen(port), 'listening');
  } catch (error) {
    throw explained(error, port, variable);
  }
}

/** What to do about a port that cannot be listened on, whether Node or the simulator says so. */
export function explained(error: unknown, port: number, variable: string): unknown {
  const { code, cause } = error as NodeJS.ErrnoException;
  const reason = REASONS[(cause as NodeJS.ErrnoException | undefined)?.code ?? code ?? ''];
  if (reason === undefined) return error;
  return new Error(`Port ${port} ${reason}. Choose another: ${variable}=${port + 1} npm start`, {
    cause: error,
  });
}

const REASONS: Partial<Record<string, string>> = {
  EADDRINUSE: 'is taken',
  EACCES: 'needs rights that this account does not have',
};
