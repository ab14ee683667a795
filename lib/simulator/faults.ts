import { readFault, type FaultTarget, type SimulatorFault } from './fault-kinds';

/** A fault that is set, and how often it has struck. */
export interface ActiveFault {
  /** What `clear` takes. */
  id: number;
  /** As it was set. */
  fault: SimulatorFault;
  /** How often it has struck. */
  struck: number;
}

/** The faults: each is set before the calls that it is to strike. */
export interface SimulatorFaults {
  /**
   * Sets a fault. Several faults on one call strike one call each, in the order they were set (a delay strikes
   * along with another); several on the way back strike together. Throws `ERR_ATIPAY_SIMULATOR` when it makes no sense.
   */
  add(fault: SimulatorFault): ActiveFault;
  /** The faults that may still strike, oldest first. */
  list(): ActiveFault[];
  /** Takes all faults away, or the one with this id. */
  clear(id?: number): void;
}

/** The known facts of the payment that a call is about. */
export type About = Partial<Record<'invoiceNumber' | 'amount' | 'cellNumber' | 'description', unknown>>;

interface Loaded extends ActiveFault {
  dice: () => number;
}

export class Faults implements SimulatorFaults {
  private loaded: Loaded[] = [];
  private lastId = 0;

  add(fault: SimulatorFault): ActiveFault {
    const checked = structuredClone(readFault(fault));
    const loaded = { id: (this.lastId += 1), fault: checked, struck: 0, dice: createDice(checked.seed ?? 1) };
    this.loaded.push(loaded);
    return toActive(loaded);
  }

  list(): ActiveFault[] {
    return this.loaded.map(toActive);
  }

  clear(id?: number): void {
    this.loaded = id === undefined ? [] : this.loaded.filter((loaded) => loaded.id !== id);
  }

  /**
   * The faults that strike this call. A call is struck by one fault, the one set first, so that several make a
   * sequence of calls; delays come on top. A way back is struck by all that match.
   */
  strike(on: FaultTarget, about: About): SimulatorFault[] {
    const struck: Loaded[] = [];
    for (const loaded of this.loaded) {
      const { fault } = loaded;
      const alone = on !== 'callback' && fault.kind !== 'delay';
      if (alone && struck.some((other) => other.fault.kind !== 'delay')) continue;
      if (hits(loaded, on, about)) struck.push(loaded);
    }
    for (const loaded of struck) loaded.struck += 1;
    this.loaded = this.loaded.filter((loaded) => loaded.struck < limitOf(loaded.fault));
    return struck.map(({ fault }) => fault);
  }
}

function hits({ fault, dice }: Loaded, on: FaultTarget, about: About): boolean {
  if (fault.on !== on || !matches(fault, about)) return false;
  return fault.probability === undefined || dice() < fault.probability;
}

const toActive = ({ id, fault, struck }: Loaded): ActiveFault => structuredClone({ id, fault, struck });

function limitOf({ times, probability }: SimulatorFault): number {
  if (times === 'always') return Infinity;
  return times ?? (probability === undefined ? 1 : Infinity);
}

function matches({ match = {} }: SimulatorFault, about: About): boolean {
  return Object.entries(match).every(([name, value]) => about[name as keyof About] === value);
}

/** Numbers in [0, 1) that only look random: a linear congruential generator, scrambled. */
function createDice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const mixed = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
    return ((mixed ^ (mixed >>> 13)) >>> 0) / 2 ** 32;
  };
}
