import type { Reply } from './scripted-gateway';
import { CALL_TIMEOUT_MS } from './shop';

const { setTimeout: set, clearTimeout: clear } = global;

/** Running timeouts of one length. */
export interface TimeLimits {
  /** Ends all of them now. */
  end: () => void;
}

/**
 * Watches timeouts of so many milliseconds, so that a test can end one whose outcome it knows instead of waiting. Other
 * timeouts pass by the clock. `jest.restoreAllMocks()` ends the watch.
 */
export function timeLimits(ms: number = CALL_TIMEOUT_MS): TimeLimits {
  const running = new Map<unknown, () => void>();
  const watched = (
    work: (...args: unknown[]) => void,
    delay?: number,
    ...args: unknown[]
  ): NodeJS.Timeout => {
    if (delay !== ms) return set(work, delay, ...args);
    const expire = (): void => {
      running.delete(timer);
      work(...args);
    };
    const timer = set(expire, delay);
    running.set(timer, expire);
    return timer;
  };
  jest.spyOn(global, 'setTimeout').mockImplementation(watched as typeof setTimeout);
  jest.spyOn(global, 'clearTimeout').mockImplementation((timer) => {
    running.delete(timer);
    clear(timer);
  });
  const end = (): void => {
    for (const [timer, expire] of [...running]) {
      clear(timer as NodeJS.Timeout);
      expire();
    }
  };
  return { end };
}

/** The gateway never answers, and the time limit of the call ends as soon as the gateway has read it. */
export const silenceUntil =
  ({ end }: TimeLimits): Reply =>
  () => {
    setImmediate(end);
    return Promise.resolve<Reply>('silence');
  };
