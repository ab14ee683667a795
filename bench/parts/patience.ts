import type { Row } from '../measure/row';
import { compare } from '../measure/row';
import type { BuyerRequest, Route } from '../shop/plan';
import { inTurn } from '../world/rounds';
import type { Shop } from '../world/shop';
import type { Stage } from '../world/stage';
import { warmUp } from './match';

const DELAY_MS = 150;
const AT_ONCE = 64;
/** So many are in flight when each takes as long as the gateway does. */
const EVERY_MS = DELAY_MS / AT_ONCE;

/** A buyer's waiting time beyond that of Express alone: 64 at once, and a gateway that takes 150 ms. */
export async function patience(stage: Stage): Promise<Row[]> {
  const stores = (['memory', 'sqlite'] as const).filter(stage.has);
  const shops = await Promise.all([
    stage.shop('express', 'memory'),
    ...stores.map((store) => stage.shop('ours', store)),
  ]);
  for (const route of ['pay', 'callback'] as const) await warmUp(stage, shops, route);
  await stage.gateway.ask('delay', DELAY_MS);
  const rows = [];
  for (const route of ['pay', 'callback'] as const) rows.push(...(await measureRoute(stage, route, shops)));
  for (const shop of shops) await shop.end();
  await stage.gateway.ask('delay', 0);
  return rows;
}

async function measureRoute(stage: Stage, route: Route, shops: Shop[]): Promise<Row[]> {
  // Connections open before anything is timed.
  const warm = AT_ONCE * (stage.options.quick ? 1 : 4);
  const amount = warm + AT_ONCE * (stage.options.quick ? 1 : 8);
  const load = { route, every: EVERY_MS, amount, warm };
  const askGateway = async (): Promise<number> =>
    (await stage.pace({ ...load, port: stage.gateway.port, requests: bare(amount) })).p99;
  const [gateway = [], ...times] = await inTurn(stage.options.rounds, [
    askGateway,
    ...shops.map((shop) => async () => (await shop.pace(load)).p99),
  ]);
  const head = { part: 'patience', measure: 'p99', unit: 'ms', shown: 'difference' as const };
  const what = `/${route}, gateway ${DELAY_MS} ms, ${AT_ONCE} at once`;
  const [express = [], ...others] = times;
  const alone = { name: 'Express alone', values: express };
  return [
    compare({ ...head, what }, alone, { name: 'the gateway', values: gateway }),
    ...others.map((values, index) => {
      const name = `ours, ${shops[index + 1]?.plan.store}`;
      return compare({ ...head, what }, { name, values }, alone, { of: 'difference', atMost: 2 });
    }),
  ];
}

/** The gateway asked without a shop in between. */
const bare = (amount: number): BuyerRequest[] =>
  Array.from({ length: amount }, () => ({
    method: 'POST',
    path: '/v1/verify-payment',
    headers: { 'Content-Type': 'application/json' },
    body: '{"apiKey":"bench-api-key","referenceNumber":"receipt/1","terminalId":"12345678"}',
  }));
