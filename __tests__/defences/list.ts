import type { Defence, Threats } from './defence';
import { fields } from './threats/fields';
import { forged } from './threats/forged';
import { framing } from './threats/framing';
import { goods } from './threats/goods';
import { guessing } from './threats/guessing';
import { load } from './threats/load';
import { others } from './threats/others';
import { secrets } from './threats/secrets';
import { words } from './threats/words';

const ALL: readonly Threats[] = [goods, forged, fields, guessing, words, framing, load, secrets, others];

/** Every defence that is removed, with its threat, in the order of SECURITY.md. */
export const DEFENCES: readonly (Defence & { threat: string })[] = ALL.flatMap((threats) =>
  Object.entries(threats).flatMap(([threat, defences]) =>
    defences.map((defence) => ({ ...defence, threat })),
  ),
);
