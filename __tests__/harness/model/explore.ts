import { keyOf } from './canonical';
import { Liveness } from './liveness';
import { brokenRule } from './rules';
import type { State } from './state';
import { stepsFrom, type Model } from './steps';
import { firstState } from './world';

/** How far a world is explored. */
export interface Bounds {
  /** Stop after so many states. */
  states?: number;
  /** Versions are counted by a defect: their values matter. */
  rawVersions?: boolean;
}

/** The findings. */
export interface Exploration {
  states: number;
  transitions: number;
  depth: number;
  ms: number;
  /** Everything within the world was seen. */
  exhausted: boolean;
  /** The rule that is broken, and the shortest way there. */
  violation: { rule: string; story: string[] } | undefined;
}

interface Node {
  state: State;
  id: number;
}

/** So many states are expanded at once, so that the pauses of stale reads overlap. */
const CHUNK = 2_048;

/** Explores a world breadth first, over states with different possible steps. */
export async function explore(model: Model, bounds: Bounds = {}): Promise<Exploration> {
  return new Explorer(model, bounds).run();
}

class Explorer {
  readonly #seen = new Set<string>();
  readonly #parents: number[] = [-1];
  readonly #names: string[] = [''];
  readonly #labels = new Map<string, string>();
  readonly #liveness: Liveness;
  #transitions = 0;

  constructor(
    private readonly model: Model,
    private readonly bounds: Bounds,
  ) {
    this.#liveness = new Liveness(model);
  }

  async run(): Promise<Exploration> {
    const stackTraceLimit = Error.stackTraceLimit;
    // Errors of the world's weather are many, and no one reads their stacks.
    Error.stackTraceLimit = 0;
    try {
      return await this.#explore();
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  }

  async #explore(): Promise<Exploration> {
    const began = performance.now();
    const first = firstState(this.model.world);
    this.#seen.add(this.#keyOf(first));
    let level: Node[] = [{ state: first, id: 0 }];
    let depth = 0;
    let violation: Exploration['violation'];
    while (level.length > 0 && !violation && !this.#isFull()) {
      const next: Node[] = [];
      violation = await this.#expandLevel(level, next);
      level = next;
      depth += 1;
    }
    const ms = Math.round(performance.now() - began);
    const exhausted = !violation && level.length === 0;
    return { states: this.#seen.size, transitions: this.#transitions, depth, ms, exhausted, violation };
  }

  async #expandLevel(level: Node[], next: Node[]): Promise<Exploration['violation']> {
    for (let start = 0; start < level.length && !this.#isFull(); start += CHUNK) {
      const chunk = level.slice(start, start + CHUNK);
      const expanded = await Promise.all(chunk.map((node) => this.#expand(node)));
      for (const [index, found] of expanded.entries()) {
        const violation = this.#take(chunk[index]?.id ?? 0, found, next);
        if (violation) return violation;
      }
    }
    return undefined;
  }

  async #expand({ state }: Node): Promise<Found[]> {
    const taken = await Promise.all(
      stepsFrom(this.model, state).map(async (step): Promise<Found | undefined> => {
        const transition = await step.take();
        if (!transition) return undefined;
        return { name: step.name, state: transition.after, broken: brokenRule(transition) };
      }),
    );
    const found = taken.filter((item) => item !== undefined);
    const stuck = await this.#liveness.problemFrom(state);
    return stuck ? [{ name: stuck.join('\n'), state, broken: NOT_AT_REST }, ...found] : found;
  }

  #take(parent: number, found: Found[], next: Node[]): Exploration['violation'] {
    for (const { name, state, broken } of found) {
      this.#transitions += 1;
      if (broken !== undefined) return { rule: broken, story: [...this.#storyOf(parent), name] };
      const key = this.#keyOf(state);
      if (this.#seen.has(key)) continue;
      this.#seen.add(key);
      this.#parents.push(parent);
      this.#names.push(this.#label(name));
      next.push({ state, id: this.#parents.length - 1 });
    }
    return undefined;
  }

  #storyOf(id: number): string[] {
    const story: string[] = [];
    for (let at = id; at > 0; at = this.#parents[at] ?? 0) story.unshift(this.#names[at] ?? '');
    return story;
  }

  /** One text for all equal names. */
  #label(name: string): string {
    const known = this.#labels.get(name);
    if (known !== undefined) return known;
    this.#labels.set(name, name);
    return name;
  }

  #keyOf(state: State): string {
    return keyOf(this.model.world, state, this.bounds.rawVersions ?? false);
  }

  #isFull(): boolean {
    return this.#seen.size >= (this.bounds.states ?? Infinity);
  }
}

interface Found {
  name: string;
  state: State;
  broken: string | undefined;
}

const NOT_AT_REST = 'A fair sweep leaves nothing undecided but reviews, and no hook pending';
