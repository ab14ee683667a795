import type { State, Step } from '../state';
import type { Model } from './act';
import { buyerSteps, staffSteps, sweepSteps } from './arrivals';
import { startSteps } from './token';
import { workSteps } from './work';
import { clockSteps, crashSteps, rewindSteps } from './world';

export type { Model } from './act';

/** Everything that can happen next. Idle processes are alike: the first of them takes new work. */
export function stepsFrom(model: Model, state: State): Step[] {
  const free = state.processes.findIndex(({ at }) => at === 'idle');
  const arrivals =
    free === -1
      ? []
      : [
          ...buyerSteps(model, state, free),
          ...startSteps(model, state, free),
          ...sweepSteps(model, state, free),
          ...staffSteps(model, state, free),
        ];
  return [
    ...state.processes.flatMap((work, process) => workSteps(model, state, process, work)),
    ...arrivals,
    ...clockSteps(state),
    ...crashSteps(state),
    ...rewindSteps(state),
  ];
}
