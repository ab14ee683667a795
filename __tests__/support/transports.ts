import { Agent } from 'node:http';
import type { HttpOptions } from '../../lib/client';

/** Both ways to the gateway, and the options that lead there: with an agent of the shop's own, axios makes the calls. */
export const TRANSPORTS: [by: string, options: () => HttpOptions][] = [
  ['undici', () => ({})],
  ['axios', () => ({ httpAgent: new Agent({ keepAlive: true }) })],
];
