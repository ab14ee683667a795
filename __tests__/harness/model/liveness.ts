import { STATUSES } from '../../../lib/core/statuses';
import { restingKey } from './canonical';
import { stepsFrom, type Model } from './steps';
import type { State, Step } from './state';

/** How the gateway behaves while sweeps go on. */
type Mood = 'answers' | 'silent' | 'refusesShop';

const MOODS: readonly Mood[] = ['answers', 'silent', 'refusesShop'];
const REPLIES: Record<Mood, readonly Step['reply'][]> = {
  answers: ['amount', 'other', 'refused'],
  silent: ['silent'],
  refusesShop: ['aboutShop'],
};
const MOST_STEPS = 200;
const SHOWN = 12;

/** Follows a fair sweep from states in which no process is at work. */
export class Liveness {
  readonly #known = new Set<string>();

  constructor(private readonly model: Model) {}

  /** The story of a sweep that does not come to rest, or rests on something undecided or pending. */
  async problemFrom(state: State): Promise<string[] | undefined> {
    if (state.processes.some(({ at }) => at !== 'idle')) return undefined;
    const key = restingKey(this.model.world, state);
    if (this.#known.has(key)) return undefined;
    this.#known.add(key);
    for (const mood of MOODS) {
      if (!this.model.world.replies.some((reply) => REPLIES[mood].includes(reply))) continue;
      const problem = await this.#sweep(state, mood);
      if (problem) return problem;
    }
    return undefined;
  }

  async #sweep(start: State, mood: Mood): Promise<string[] | undefined> {
    const story = [`(from here on only sweeps; the gateway ${SAYS[mood]})`];
    let state: State = { ...start, left: { visits: 0, troubles: 0, stalls: 0, acts: 0, rewinds: 0 } };
    for (let count = 0; count < MOST_STEPS; count += 1) {
      const step = this.#next(state, mood);
      if (!step) return isAtRest(state) ? undefined : [...story, 'and nothing more is due'];
      story.push(step.name);
      state = (await step.take())?.after ?? state;
    }
    return [...story.slice(0, SHOWN), `and so on, for over ${MOST_STEPS} steps`];
  }

  #next(state: State, mood: Mood): Step | undefined {
    const steps = stepsFrom(this.model, state).filter(
      ({ reply, trouble }) => trouble !== true && (reply === undefined || REPLIES[mood].includes(reply)),
    );
    return ORDER.map((actor) => steps.find((step) => step.actor === actor)).find((step) => step);
  }
}

const SAYS: Record<Mood, string> = {
  answers: 'answers',
  silent: 'answers nothing',
  refusesShop: 'refuses the shop',
};
const ORDER = ['process', 'sweep', 'clock'] as const;

/** Nothing is undecided but reviews, and no hook is pending. */
const isAtRest = ({ db }: State): boolean =>
  db.rows.every(
    (row) =>
      row === undefined ||
      ((STATUSES[row.status].final || row.status === 'review') && row.hookDeliveredAt !== null),
  );
