import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { startSimulator, type Simulator } from 'express-atipay/simulator';
import { createApp } from './app';
import { openDatabase } from './db';
import { HOME } from './home';
import { explained, listen } from './listen';
import type { Gateway } from './payments';
import { ownSecret } from './session-secret';
import { readSettings, type Settings } from './settings';

const DATA = join(HOME, 'data');

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const { publicUrl, port, sessionSecret = ownSecret(join(DATA, 'session-secret')) } = settings;
  const staffPassword = settings.staffPassword ?? randomBytes(6).toString('base64url');
  const { gateway, simulator } = await openGateway(settings);
  const db = await openDatabase(join(DATA, 'shop.sqlite'));
  const { app, payments } = createApp({ db, publicUrl, sessionSecret, gateway, staffPassword });
  const server = createServer(app);
  await listen(server, port, 'PORT');
  const shownPassword = settings.staffPassword === undefined ? staffPassword : 'STAFF_PASSWORD';
  console.log(welcome(publicUrl, shownPassword, simulator));

  async function stop(): Promise<void> {
    const closed = once(server, 'close');
    server.close();
    await payments.atipay.close();
    // Browsers keep spare connections open; running requests have a second.
    setTimeout(() => server.closeAllConnections(), 1_000).unref();
    await closed;
    await db.destroy();
    await simulator?.close();
    process.exit(0);
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
  if (process.env['npm_lifecycle_event'] === 'start') onOrphaned(() => void stop());
}

/** npm ends a shell that does not pass SIGTERM on: the server sees that the shell is gone. */
function onOrphaned(stop: () => void): void {
  const shell = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(timer);
    stop();
  }, 500);
  timer.unref();
}

/** The gateway of the settings, or a simulated one. */
async function openGateway(settings: Settings): Promise<{ gateway: Gateway; simulator?: Simulator }> {
  if (settings.gateway) return { gateway: settings.gateway };
  try {
    const simulator = await startSimulator({ port: settings.simulatorPort, name: 'فروشگاه سوغات' });
    const { apiKey, terminalId, url: gatewayUrl } = simulator;
    return { gateway: { apiKey, terminalId, gatewayUrl }, simulator };
  } catch (error) {
    throw explained(error, settings.simulatorPort, 'SIMULATOR_PORT');
  }
}

const welcome = (shop: string, password: string, simulator: Simulator | undefined): string =>
  simulator
    ? `
  Shop               ${shop}
  Staff's desk       ${shop}/desk   (any name; password: ${password})
  Simulated gateway  ${simulator.url}   (no money moves)
  Control page       ${simulator.origin}/simulator

  Stop with Ctrl+C.
`
    : `
  Shop               ${shop}   (the real AtiPay gateway: real money moves)
  Staff's desk       ${shop}/desk   (any name; password: ${password})
`;

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
