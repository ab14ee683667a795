import type { EventName } from '../event';
import { BEGIN, EXPIRY } from './begin';
import { HOOK_DUE, HOOKS } from './hooks';
import { RECEIPT } from './receipt';
import type { Transitions } from './row';
import { STAFF } from './staff';
import { VERIFY, VERIFY_DUE } from './verify';

/** Everything that happens to payments. For each event, the first row that fits fires; none: nothing happens. */
export const TRANSITIONS: Transitions<EventName> = {
  ...BEGIN,
  ...RECEIPT,
  ...VERIFY,
  ...HOOKS,
  ...STAFF,
  due: [...EXPIRY, ...VERIFY_DUE, ...HOOK_DUE],
};
