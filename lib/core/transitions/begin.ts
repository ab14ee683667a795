import { isDue } from '../guards';
import { details } from './changes';
import type { Transitions } from './row';

/** From the order to the bank's page, and back without a receipt. */
export const BEGIN: Transitions<'tokenGiven' | 'tokenRefused' | 'tokenUnanswered' | 'buyerFailed'> = {
  tokenGiven: [
    {
      from: ['created'],
      to: 'pending',
      set: ({ event, policy, now }) => ({ token: event.token, expiresAt: now + policy.pendingTimeoutMs }),
      history: 'tokenGiven',
    },
  ],
  tokenRefused: [
    {
      from: ['created'],
      to: 'failed',
      reason: 'TokenRefused',
      history: 'tokenRefused',
      data: ({ event }) => details({ code: event.code, description: event.description }),
      then: ['hook'],
    },
  ],
  tokenUnanswered: [
    {
      from: ['created'],
      to: 'failed',
      reason: 'GatewayUnavailable',
      history: 'tokenUnanswered',
      data: ({ event }) => details({ problem: event.problem }),
      then: ['hook'],
    },
  ],
  buyerFailed: [
    {
      from: ['pending'],
      to: 'failed',
      reason: ({ event }) => event.reason,
      set: ({ event }) => event.details,
      history: 'buyerFailed',
      data: ({ event }) => details({ state: event.state }),
      then: ['hook'],
    },
  ],
};

/** Deadlines before a receipt has come. */
export const EXPIRY: Transitions<'due'>['due'] = [
  {
    from: ['created'],
    when: [isDue],
    to: 'failed',
    reason: 'GatewayUnavailable',
    history: 'tokenNeverCame',
    then: ['hook'],
  },
  {
    from: ['pending'],
    when: [isDue],
    to: 'failed',
    reason: 'Abandoned',
    history: 'buyerNeverReturned',
    then: ['hook'],
  },
];
