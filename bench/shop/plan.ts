/** Database clients of shops, beside the bare drivers. */
export type ClientName = 'Knex' | 'Prisma' | 'Drizzle' | 'Kysely' | 'TypeORM';

/** The package: on the bare driver of its database, or through a client. */
export type Ours = 'ours' | `ours through ${ClientName}`;

/** The same durable writes by hand, on the bare driver or through a client. */
export type ByHand = 'by hand' | `by hand through ${ClientName}`;

/** The implementations that take payments in a measured shop. */
export type Rival = Ours | ByHand | 'textbook' | 'monopay' | 'express';

export type StoreName = 'memory' | 'sqlite' | 'pg';

export type Route = 'pay' | 'callback';

/** A page of the desk, by its address below the desk's. */
export type DeskPage = `desk${string}`;

/** The settings of a shop process. */
export interface ShopPlan {
  rival: Rival;
  store: StoreName;
  /** SQLite's file. */
  filename: string;
  /** A temporary table in a server's database. */
  table: string;
  /** PostgreSQL's address. */
  databaseUrl: string;
  /** The gateway's base address, version included. */
  gatewayUrl: string;
}

/** One request a buyer's browser makes, each at most once. */
export interface BuyerRequest {
  method: 'GET' | 'POST';
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

/** Rials; every payment is of this amount, so that the gateway's double need not keep books. */
export const AMOUNT = 25_000;

export const API_KEY = 'bench-api-key';
export const MOBILE = '09123456789';

/** A form as a browser sends it. */
export function form(path: string, fields: Record<string, string>): BuyerRequest {
  return {
    method: 'POST',
    path: `/payment${path}`,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  };
}

/** The gateway's POST after a payment (protocol §3). */
export const okCallback = (path: string, invoiceNumber: string): BuyerRequest =>
  form(path, {
    state: 'OK',
    status: '2',
    reservationNumber: invoiceNumber,
    referenceNumber: `receipt/${invoiceNumber}`,
    terminalId: '12345678',
    traceNumber: '654321',
    rrn: '123456789012',
    maskedPan: '603799******1234',
  });
