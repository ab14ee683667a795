import { createServer } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import express from 'express';
import { collectYoung, liveHeap } from '../../__tests__/harness/chaos/backlog/heap';
import { listen, readPlan, serveRequests } from '../../__tests__/harness/chaos/world/child-side';
import type { BuyerRequest, DeskPage, Route, ShopPlan } from './plan';
import type { Side } from './side';

const isDeskPage = (route: Route | DeskPage): route is DeskPage => route.startsWith('desk');

const pageViews = (page: DeskPage, count: number): BuyerRequest[] =>
  Array.from({ length: count }, () => ({ method: 'GET', path: `/${page}` }));

const delay = monitorEventLoopDelay({ resolution: 5 });

/** Serves a shop from this process, and the requests of the run. */
export async function serveShop(open: (plan: ShopPlan) => Side | Promise<Side>): Promise<void> {
  const side = await open(readPlan() as ShopPlan);
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
