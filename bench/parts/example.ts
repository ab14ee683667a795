import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../__tests__/docs/project';
import { compare, type Row } from '../measure/row';
import { ROOT } from '../world/scripts';

/** How long a developer waits for the example shop: from `npm start` to its first page. */
export async function example(): Promise<Row[]> {
  const [port, simulatorPort] = [await freePort(), await freePort()];
  const env = { ...process.env, PORT: String(port), SIMULATOR_PORT: String(simulatorPort) };
  const began = performance.now();
  const child = spawn('npm', ['start'], { cwd: ROOT, env, stdio: 'ignore', detached: true });
  const ended = once(child, 'exit');
  try {
    await Promise.race([
      firstPage(port),
      ended.then(() => Promise.reject(new Error('npm start has ended.'))),
    ]);
    const seconds = (performance.now() - began) / 1_000;
    const head = { part: 'example', what: 'npm start to the first page', measure: 'time', unit: 's' };
    return [compare(head, { name: '', values: [seconds] }, undefined)];
  } finally {
    // npm, its shell and the shop are one group.
    process.kill(-(child.pid ?? 0), 'SIGTERM');
    await ended;
  }
}

async function firstPage(port: number): Promise<void> {
  for (;;) {
    const answer = await fetch(`http://localhost:${port}/`).catch(() => undefined);
    if (answer?.ok) return;
    await pause(50);
  }
}
