import { startSimulator } from 'express-atipay/simulator';
import type { SimulatorFault } from 'express-atipay/simulator';
import { readPlan, serveRequests } from './child-side';
import { ScaledClock, type ClockPlan } from './clock';
import { RETURN_AFTER_MS, TOKEN_TTL_MS } from './settings';

export interface SimulatorPlan {
  clock: ClockPlan;
}

/** The gateway, in a separate process: it must not die with a shop. */
async function main(): Promise<void> {
  const clock = new ScaledClock((readPlan() as SimulatorPlan).clock);
  const simulator = await startSimulator({
    now: clock.now,
    returnAfterMs: RETURN_AFTER_MS,
    tokenTtlMs: TOKEN_TTL_MS,
  });
  serveRequests(
    {
      offset: (offset: number) => clock.setOffset(offset),
      addFaults: (faults: SimulatorFault[]) => faults.forEach((fault) => simulator.faults.add(fault)),
      clearFaults: () => simulator.faults.clear(),
      payments: () =>
        simulator.ledger.payments().map((payment) => ({ ...payment, timeline: [], referers: [] })),
    },
    simulator.port,
  );
}

void main();
