import { createServer } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import express from 'express';
import { collectYoung, liveHeap } from '../../__tests__/harness/chaos/backlog/heap';
import { listen, readPlan, serveRequests } from '../../__tests__/harness/chaos/world/child-side';
import { askByAxios, askByUndici } from './ask';
import { expressSide } from './express';
import { handSide } from './hand-side';
import { monopaySide } from './monopay';
import { ourSide } from './ours';
import type { BuyerRequest, DeskPage, Route, ShopPlan } from './plan';
import type { Side } from './side';
import { textbookSide } from './textbook';

const RIVALS: Record<ShopPlan['rival'], (plan: ShopPlan) => Side | Promise<Side>> = {
  ours: ourSide,
  'ours, Knex': ourSide,
  textbook: textbookSide,
  'by hand': (plan) => handSide(plan, askByAxios),
  'by hand, undici': (plan) => handSide(plan, askByUndici),
  monopay: monopaySide,
  express: expressSide,
};

const isDeskPage = (route: Route | DeskPage): route is DeskPage => route.startsWith('desk');

const pageViews = (page: DeskPage, count: number): BuyerRequest[] =>
  Array.from({ length: count }, () => ({ method: 'GET', path: `/${page}` }));

const delay = monitorEventLoopDelay({ resolution: 5 });

/** A shop in a separate process, and the requests of the run. */
async function main(): Promise<void> {
  const plan = readPlan() as ShopPlan;
  const side = await RIVALS[plan.rival](plan);
  const app = express();
  app.use('/payment', side.handler);
  if (side.desk) app.use('/desk', side.desk);
  const server = createServer({ keepAliveTimeout: 600_000 }, app);
  const port = await listen(server);
  serveRequests(
    {
      prepare: ({ route, count }: { route: Route | DeskPage; count: number }) =>
        isDeskPage(route) ? pageViews(route, count) : side.prepare(route, count),
      cpu: () => process.cpuUsage(),
      served: () => side.served(),
      fill: (rows: number) => side.fill?.(rows),
      sweep: (due: number) => side.sweep?.(due),
      // To look at the heap, everything is collected, which is nothing that a callback waits for.
      heap: () => {
        const watched = delay.disable();
        const heap = liveHeap();
        if (watched) delay.enable();
        return heap;
      },
      collectYoung: () => collectYoung(),
      handles: () => process.getActiveResourcesInfo().length,
      watchDelay: () => {
        delay.reset();
        delay.enable();
      },
      delay: () => {
        delay.disable();
        return delay.percentile(99) / 1e6;
      },
      forgetConnections: () => server.closeIdleConnections(),
      end: async () => {
        await side.end();
        setImmediate(() => process.exit());
      },
      leave: () => void setImmediate(() => process.exit()),
    },
    port,
  );
}

void main();
