import type { BuyerRequest } from '../shop/plan';

/** The job of the load process. */
export interface Job {
  port: number;
  connections: number;
  /** Requests to make, divided among the connections. */
  amount: number;
  /** The first responses of each connection that are not timed: connections open, and buyers do not come in step. */
  warm: number;
  requests: BuyerRequest[];
}

/** The same, sent at even distances instead of one after the other. */
export interface PacedJob extends Omit<Job, 'connections'> {
  /** Milliseconds from one request to the next. */
  every: number;
}

/** The results. Times are in milliseconds. */
export interface LoadReport {
  responses: number;
  perSecond: number;
  p50: number;
  p99: number;
  /** Responses by HTTP status. */
  statuses: Record<string, number>;
  failed: number;
}
