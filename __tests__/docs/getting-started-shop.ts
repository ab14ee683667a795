import { startSimulator, type Simulator } from 'express-atipay/simulator';
import type { ChildProcess } from 'node:child_process';
import { fileIn } from './markdown';
import type { Project } from './project';
import { freePort, stop } from './project';

export interface StartedShop {
  simulator: Simulator;
  url: string;
  child: ChildProcess;
}

/** Starts the shop of getting started, and a simulator for it, as processes of a reader. */
export async function startShop(project: Project): Promise<StartedShop> {
  const simulator = await startSimulator();
  const port = String(await freePort());
  const url = `http://localhost:${port}`;
  project.write('shop.mts', fileIn('docs/getting-started.md', 'shop.mts').replaceAll('3000', port));
  const env = { ATIPAY_API_KEY: simulator.apiKey, ATIPAY_GATEWAY_URL: simulator.url };
  const { child } = await project.run('shop.mts', { env, until: new RegExp(`^${url}$`, 'm') });
  return { simulator, url, child };
}

export async function stopShop({ simulator, child }: StartedShop): Promise<void> {
  await stop(child, 'SIGKILL');
  await simulator.close();
}
