import type { RequestHandler } from 'express';
import type { BuyerRequest, Route } from './plan';

/** One way to take payments, mounted at `/payment`, with the methods that a measurement needs. */
export interface Side {
  handler: RequestHandler;
  /** The desk over its payments. */
  desk?: RequestHandler;
  /** Makes so many orders, pending payments for `callback`, and returns the requests of their buyers. */
  prepare(route: Route, count: number): Promise<BuyerRequest[]>;
  /** How many orders have been served so far. */
  served(): number;
  /** Adds so many rows of old, settled payments. */
  fill?(rows: number): Promise<void>;
  /** Makes so many payments due and sweeps once. Resolves with the milliseconds the sweep took. */
  sweep?(due: number): Promise<number>;
  /** Drops its tables. */
  end(): Promise<void>;
}

/** Two processes of one shop count apart. */
let last = process.pid * 1e9;

/** Names for orders, never the same twice. */
export const newIds = (count: number): string[] => Array.from({ length: count }, () => String((last += 1)));
