import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { startSimulator, type Simulator } from 'express-atipay/simulator';
import { blockOf, fileIn, readPage } from './markdown';
import { freePort, heard, Project, stop } from './project';

const PAGE = 'docs/recipes.md';

describe('a shop of several processes', () => {
  const project = new Project();
  let simulator: Simulator;
  beforeAll(async () => (simulator = await startSimulator()));
  afterAll(async () => {
    await project.remove();
    await simulator.close();
  });

  const PID = /process (\d+)/g;

  test('takes a payment in any of them, reports its health to Docker, and stops on request', async () => {
    for (const name of ['cluster.mjs', 'worker.mjs']) project.write(name, fileIn(PAGE, name));
    const PORT = String(await freePort());
    const env = {
      PORT,
      PUBLIC_URL: `http://127.0.0.1:${PORT}`,
      ATIPAY_API_KEY: simulator.apiKey,
      ATIPAY_GATEWAY_URL: simulator.url,
    };
    expect(await health(PORT)).toBe(1);
    const { child, said } = await project.run('cluster.mjs', { env, until: /(?:process \d+[\s\S]*){2}/ });
    expect(new Set([...said.matchAll(PID)].map(([, pid]) => pid)).size).toBe(2);
    expect(await health(PORT)).toBe(0);

    const log = heard(child, /served 1/);
    const page = await fetch(`${env.PUBLIC_URL}/payment/pay`, {
      method: 'POST',
      body: new URLSearchParams({ orderId: '1' }),
    });
    await simulator.pay(await page.text(), { times: 4 });
    expect((await log).match(/served/g)).toHaveLength(1);
    expect(simulator.ledger.totals().verified).toEqual({ count: 1, amount: 250_000 });
    expect(await stop(child, 'SIGTERM')).toBe(0);
  });

  test('gives its payments more time than a hook may take', () => {
    const minute = 60_000;
    const times = [
      ...readPage(PAGE).matchAll(/(?:kill_timeout: |stop-timeout |period:\s+|Seconds: )(\d[\d_]*)/g),
    ];
    const ms = times
      .map(([, time = '']) => Number(time.replace('_', '')))
      .map((n) => (n < 1_000 ? n * 1_000 : n));
    expect(ms).toHaveLength(4);
    expect(ms.every((time) => time > minute)).toBe(true);
  });
});

/** Runs the health check of the Dockerfile as Docker would. */
async function health(PORT: string): Promise<unknown> {
  const line = /^HEALTHCHECK .*CMD (\[.*\])$/m.exec(blockOf(PAGE, 'dockerfile').code)?.[1] ?? '';
  const [, ...args] = JSON.parse(line) as string[];
  const child = spawn(process.execPath, args, { env: { ...process.env, PORT } });
  const [code] = (await once(child, 'exit')) as unknown[];
  return code;
}
