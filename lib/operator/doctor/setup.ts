import { isLoopback } from '../../core/origin';
import type { Context } from '../../payments/context';
import type { Observation } from './finding';

/** Settings that are right on a developer's machine and wrong in production. */
export function checkSetup({ settings }: Context, env: NodeJS.ProcessEnv): Observation[] {
  const production = env['NODE_ENV'] === 'production';
  const { store, gatewayUrl, publicUrl, onReview } = settings;
  const observations: [wrong: boolean, observation: Observation][] = [
    [
      production && store.constructor.name === 'MemoryPaymentStore',
      { check: 'memoryStore', level: 'error', data: {} },
    ],
    [
      production && isLoopback(new URL(gatewayUrl).hostname),
      { check: 'simulator', level: 'error', data: { url: gatewayUrl } },
    ],
    [
      production && publicUrl.startsWith('http:'),
      { check: 'plainHttp', level: 'error', data: { url: publicUrl } },
    ],
    [env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0', { check: 'tlsOff', level: 'error', data: {} }],
    [onReview === undefined, { check: 'noReviewHook', level: 'warning', data: {} }],
  ];
  return observations.filter(([wrong]) => wrong).map(([, observation]) => observation);
}
