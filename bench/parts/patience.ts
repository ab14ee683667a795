import type { Row } from '../measure/row';
import { compare } from '../measure/row';
import type { BuyerRequest, Route } from '../shop/plan';
import { inTurn } from '../world/rounds';
import type { Shop } from '../world/shop';
import type { Stage } from '../world/stage';

const DELAY_MS = 150;
const CONNECTIONS = 64;
/** Buyers do not come in step; the connections of a load generator need a few rounds to fall out of it. */
const WARM = 3;

/** What a buyer waits for beyond the gateway: 64 at once, and a gateway that takes 150 ms. */
export async function patience(stage: Stage): Promise<Row[]> {
  await stage.gateway.ask('delay', DELAY_MS);
  const memory = await stage.shop('ours', 'memory');
  const sqlite = await stage.shop('ours', 'sqlite');
  const hand = await stage.shop('by hand', 'sqlite');
  const rows = [];
  for (const route of ['pay', 'callback'] as const) {
    rows.push(...(await measureRoute(stage, route, { memory, sqlite, hand })));
  }
  for (const shop of [memory, sqlite, hand]) await shop.end();
  await stage.gateway.ask('delay', 0);
  return rows;
}

async function measureRoute(
  stage: Stage,
  route: Route,
  { memory, sqlite, hand }: Record<'memory' | 'sqlite' | 'hand', Shop>,
): Promise<Row[]> {
  const amount = CONNECTIONS * (WARM + (stage.options.quick ? 4 : 12));
  const load = { route, connections: CONNECTIONS, amount, warm: WARM };
  const p99 = async (shop: Shop): Promise<number> => (await shop.measure(load)).p99;
  const sides = [
    async () => (await stage.run({ ...load, port: stage.gateway.port, requests: bare(amount) })).p99,
    () => p99(memory),
    () => p99(sqlite),
    () => p99(hand),
  ];
  const [gateway = [], ...shops] = await inTurn(stage.options.rounds, sides);
  const head = { part: 'patience', measure: 'p99', unit: 'ms', shown: 'difference' as const };
  const names = ['ours, memory', 'ours, sqlite', 'by hand, sqlite'];
  return names.map((name, index) =>
    compare(
      { ...head, what: `/${route}, gateway ${DELAY_MS} ms, ${CONNECTIONS} at once` },
      { name, values: shops[index] ?? [] },
      { name: 'the gateway', values: gateway },
      name.startsWith('ours') ? { of: 'difference', atMost: 3 } : undefined,
    ),
  );
}

/** The gateway asked without a shop in between. */
const bare = (amount: number): BuyerRequest[] =>
  Array.from({ length: amount + 2 * CONNECTIONS }, () => ({
    method: 'POST',
    path: '/v1/verify-payment',
    headers: { 'Content-Type': 'application/json' },
    body: '{"apiKey":"bench-api-key","referenceNumber":"receipt/1","terminalId":"12345678"}',
  }));
