import { getAdapter } from 'axios';
import type { HttpOptions } from '../../lib/gateway/client';

/** Each way to the gateway, and the options that lead there: undici, axios' adapter by name, a shop's function. */
export const TRANSPORTS: [by: string, options: () => HttpOptions][] = [
  ['undici', () => ({})],
  ['axios', () => ({ adapter: 'http' })],
  ['a function', () => ({ adapter: (config) => getAdapter('http')(config) })],
];
