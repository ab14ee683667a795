import type { Defect } from './defect';
import { FOUND_BEFORE, OWNERSHIP_LEFT_OUT } from './ownership';
import { RULES_LEFT_OUT } from './rules';

export { exploreDefect, type Defect } from './defect';

/** Everything that the model must notice the lack of. */
export const DEFECTS: readonly Defect[] = [...RULES_LEFT_OUT, ...OWNERSHIP_LEFT_OUT, ...FOUND_BEFORE];
