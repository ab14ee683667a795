/** The findings of the doctor. */
export type CheckName =
  | 'storeWorks'
  | 'storeFails'
  | 'searchMissing'
  | 'keysMissing'
  | 'memoryStore'
  | 'simulator'
  | 'plainHttp'
  | 'tlsOff'
  | 'sweepsLate'
  | 'hooksFail'
  | 'noReviewHook'
  | 'serverClocks'
  | 'gatewayWorks'
  | 'gatewayUnreachable'
  | 'gatewayTls'
  | 'gatewayClock'
  | 'tokenGiven'
  | 'tokenRefused'
  | 'tokenUnanswered'
  | 'callbackWorks'
  | 'callbackUnreachable'
  | 'callbackRedirect'
  | 'callbackGuarded'
  | 'callbackOther'
  | 'callbackCached';

/** `error`: payments fail or go wrong. `warning`: they may. `fine`: looked at, and nothing is wrong. */
export type Level = 'error' | 'warning' | 'fine';

/** A result of a check, without words. */
export interface Observation {
  check: CheckName;
  level: Level;
  /** Values for the texts: addresses, codes, seconds. */
  data?: Record<string, string>;
}

/** One result of the doctor. */
export interface Finding {
  /** Stable; to compare in code. */
  check: CheckName;
  /** How bad it is. */
  level: Level;
  /** The finding. */
  what: string;
  /** Why it matters; empty when all is well. */
  why: string;
  /** What to do; empty when there is nothing to do. */
  todo: string;
}
