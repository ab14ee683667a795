import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BuyerRequest } from '../shop/plan';
import type { LoadReport, PacedJob } from './job';
import { Watch } from './watch';

/**
 * Sends requests at even distances, regardless of the answers: buyers do not wait for one another. Load generators that
 * send the next request of a connection when the last is answered do; with a gateway that takes its time, all of them
 * move in step then, and measure each other.
 */
export async function pace({ port, every, amount, warm, requests }: PacedJob): Promise<LoadReport> {
  const agent = new Agent({ keepAlive: true });
  const watch = new Watch(warm);
  const began = performance.now();
  let failed = 0;
  const answers = requests.slice(0, amount).map(async (buyer, index) => {
    await sleep(began + index * every - performance.now());
    const sentAt = performance.now();
    try {
      const status = await send(buyer, port, agent);
      watch.see(agent, status, performance.now() - sentAt);
    } catch {
      failed += 1;
    }
  });
  await Promise.all(answers);
  agent.destroy();
  return watch.report(failed);
}

/** Resolves with the status once the whole answer is there. */
function send({ method, path, headers, body }: BuyerRequest, port: number, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, agent, method, path, headers }, (response) => {
      response.on('error', reject).on('end', () => resolve(response.statusCode ?? 0));
      response.resume();
    })
      .on('error', reject)
      .end(body);
  });
}
