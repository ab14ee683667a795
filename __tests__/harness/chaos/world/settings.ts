import type { AtipayConfig } from 'express-atipay';

const MINUTE = 60_000;

/** Times of the run's clock. The gateway keeps the money a little longer than the shop asks for it, as in life. */
export const VERIFY_WINDOW_MS = 5 * MINUTE;
export const RETURN_AFTER_MS = 6 * MINUTE;
export const TOKEN_TTL_MS = 5 * MINUTE;
export const PENDING_TIMEOUT_MS = 8 * MINUTE;

/** How real time is spent, in milliseconds; everything but `speed` grows on a machine that is slow or busy. */
export interface Pace {
  /** Milliseconds of the run's clock that pass in a real one. */
  speed: number;
  /** How long the shop waits for the gateway. */
  callTimeoutMs: number;
  /** How late a delayed answer is: the shop no longer waits. */
  delayMs: number;
  /** Between two kills, least and most. */
  killEveryMs: [number, number];
  sweepEveryMs: number;
  /** Buyers at once. */
  concurrency: number;
}

const START_OF_A_PROCESS_MS = 500;

/** The pace for a machine on which a process took so long to start. */
export function paceFor(startMs: number, speed = 40): Pace {
  const slowness = Math.min(8, Math.max(1, startMs / START_OF_A_PROCESS_MS));
  const stretched = (ms: number): number => Math.round(ms * slowness);
  return {
    speed: Math.max(1, Math.round(speed / slowness)),
    callTimeoutMs: stretched(400),
    delayMs: stretched(600),
    killEveryMs: [stretched(250), stretched(900)],
    sweepEveryMs: stretched(500),
    concurrency: Math.max(12, Math.round(60 / slowness)),
  };
}

/** The shop's settings at a pace. */
export const shopSettings = ({ callTimeoutMs, sweepEveryMs }: Pace) =>
  ({
    verifyWindowMs: VERIFY_WINDOW_MS,
    pendingTimeoutMs: PENDING_TIMEOUT_MS,
    hookTimeoutMs: 10_000,
    http: { timeout: callTimeoutMs, proxy: false },
    recovery: { everyMs: sweepEveryMs },
  }) satisfies Partial<AtipayConfig>;

/** Rials. Few, so that a receipt often fits another order. */
export const AMOUNTS: readonly number[] = [10_000, 25_000, 250_000];
