import type { SimulatorFault } from 'express-atipay/simulator';

/** Rials of a verify-payment answer that fits no order. */
const OTHER_AMOUNT = 777;

const share = (probability: number, fault: SimulatorFault): SimulatorFault => ({ ...fault, probability });

/** The gateway's faults in a run. `delayMs` is longer than a shop waits. */
export type Weather = (delayMs: number) => SimulatorFault[];

/** Answers are lost after money has moved, and a later attempt is refused: the case for counting attempts. */
export const forgetful: Weather = () => [
  share(0.6, { on: 'verify-payment', kind: 'answer-lost' }),
  share(0.3, { on: 'verify-payment', kind: 'refuse' }),
];

/** The faults of a run, their dice seeded. */
export const gatewayFaults = (weather: Weather, seed: number, delayMs: number): SimulatorFault[] =>
  weather(delayMs).map((fault, index) => ({ ...fault, seed: seed * 1_000 + index }));

/** A bad day: about one verify-payment in four, one get-token in sixteen. */
export const stormy: Weather = (delayMs) =>
  [
    share(0.04, { on: 'verify-payment', kind: 'answer-lost' }),
    share(0.02, { on: 'verify-payment', kind: 'answer-lost', by: 'silence' }),
    share(0.03, { on: 'verify-payment', kind: 'delay', ms: delayMs }),
    share(0.03, { on: 'verify-payment', kind: 'reset' }),
    share(0.01, { on: 'verify-payment', kind: 'no-answer' }),
    share(0.03, { on: 'verify-payment', kind: 'http', status: 500, body: 'json' }),
    share(0.03, { on: 'verify-payment', kind: 'http', status: 502, body: 'html' }),
    share(0.02, { on: 'verify-payment', kind: 'http', status: 200, body: 'html' }),
    share(0.02, { on: 'verify-payment', kind: 'garbage' }),
    share(0.02, { on: 'verify-payment', kind: 'truncated' }),
    share(0.01, { on: 'verify-payment', kind: 'truncated', by: 'connection' }),
    share(0.01, { on: 'verify-payment', kind: 'refuse' }),
    share(0.005, { on: 'verify-payment', kind: 'amount', amount: OTHER_AMOUNT }),
    share(0.02, { on: 'get-token', kind: 'http', status: 500, body: 'html' }),
    share(0.02, { on: 'get-token', kind: 'reset' }),
    share(0.01, { on: 'get-token', kind: 'answer-lost' }),
    share(0.01, { on: 'get-token', kind: 'truncated' }),
  ] satisfies SimulatorFault[];
