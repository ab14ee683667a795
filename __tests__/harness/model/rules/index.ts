import type { Taken } from '../state';
import { OWNERSHIP_RULES } from './ownership';
import { STATE_RULES } from './states';
import { STEP_RULES } from './steps';

const RULES_OF_STEPS = [...STEP_RULES, ...OWNERSHIP_RULES];

/** The first rule that a transition breaks, if it breaks one. */
export function brokenRule(taken: Taken): string | undefined {
  const { after } = taken;
  const { rewound } = after.memory;
  const step = RULES_OF_STEPS.find(({ broken, lostByRewind }) => !(lostByRewind && rewound) && broken(taken));
  if (step) return step.rule;
  return STATE_RULES.find(({ broken, lostByRewind }) => !(lostByRewind && rewound) && broken(after))?.rule;
}
