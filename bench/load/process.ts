import autocannon from 'autocannon';
import { serveRequests } from '../../__tests__/harness/chaos/world/child-side';
import type { BuyerRequest } from '../shop/plan';
import type { Job, LoadReport, PacedJob } from './job';
import { pace } from './pace';
import { Watch } from './watch';

/**
 * Sends each request once, so many at a time. autocannon builds requests ahead of sending them, so some of those given
 * are never sent: there must be more of them than are to be made.
 */
async function run({ port, connections, amount, warm, requests }: Job): Promise<LoadReport> {
  const queue = requests.values();
  const next = (): BuyerRequest => {
    const { value, done } = queue.next();
    if (done === true) throw new Error('There are not enough requests.');
    return value;
  };
  const options = {
    url: `http://127.0.0.1:${port}`,
    connections,
    amount,
    timeout: 60,
    // How often it looks whether all is done, in milliseconds.
    sampleInt: 50,
    requests: [{ setupRequest: (defaults: object) => ({ ...defaults, ...next() }) }],
  };
  return new Promise((resolve, reject) => {
    const watch = new Watch(warm);
    autocannon(options, (error: unknown, { errors, timeouts }) => {
      if (error instanceof Error) reject(error);
      else resolve(watch.report(errors + timeouts));
    }).on('response', (client, status, _bytes, ms) => watch.see(client, status, ms));
  });
}

serveRequests(
  { run: (job: Job) => run(job), pace: (job: PacedJob) => pace(job), cpu: () => process.cpuUsage() },
  0,
);
