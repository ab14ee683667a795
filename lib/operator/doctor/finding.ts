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

/** The values in the text of each check; a check that is not listed has none. */
export interface CheckData extends Record<CheckName, object> {
  storeFails: { problem: string };
  keysMissing: { keys: string };
  simulator: { url: string };
  plainHttp: { url: string };
  sweepsLate: { count: string };
  hooksFail: { count: string };
  serverClocks: { seconds: string };
  gatewayUnreachable: { url: string; problem: string };
  gatewayTls: { url: string; problem: string };
  gatewayClock: { seconds: string };
  tokenRefused: { said: string };
  tokenUnanswered: { problem: string };
  callbackWorks: { url: string };
  callbackUnreachable: { url: string; problem: string };
  callbackRedirect: { status: string; location: string };
  callbackGuarded: { status: string };
  callbackOther: { status: string };
  callbackCached: { header: string };
}

/** A result of a check, without words. */
export type Observation<Check extends CheckName = CheckName> = {
  [Name in Check]: { check: Name; level: Level; data: CheckData[Name] };
}[Check];

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
