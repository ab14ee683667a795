import { Tasks } from '../../lib/payments/context';

/** Work that ends when the test says so. */
function work(): { done: Promise<void>; end: () => void; fail: () => void } {
  let [end, fail] = [(): void => undefined, (): void => undefined];
  const done = new Promise<void>((resolve, reject) => {
    end = resolve;
    fail = () => reject(new Error('failed'));
  });
  return { done, end, fail };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Whether a caller that waits for the tasks is still waiting. */
function waiting(tasks: Tasks, timeoutMs = 60_000): () => boolean {
  let idle = false;
  void tasks.idle(timeoutMs).then(() => (idle = true));
  return () => !idle;
}

test('nothing under way is not waited for', async () => {
  const waits = waiting(new Tasks());
  await settled();
  expect(waits()).toBe(false);
});

test('all running tasks are waited for, also those begun at their end, and failing ones', async () => {
  const tasks = new Tasks();
  const [one, two, three] = [work(), work(), work()];
  const failing = tasks.track(one.done);
  void tasks.track(two.done.then(() => void tasks.track(three.done)));
  const waits = waiting(tasks);
  one.fail();
  await expect(failing).rejects.toThrow('failed');
  await settled();
  expect(waits()).toBe(true);
  two.end();
  await settled();
  expect(waits()).toBe(true);
  three.end();
  await settled();
  expect(waits()).toBe(false);
});

test('a task that does not end is waited for so many milliseconds', async () => {
  const tasks = new Tasks();
  void tasks.track(work().done);
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
  try {
    const waits = waiting(tasks, 5_000);
    await jest.advanceTimersByTimeAsync(4_999);
    expect(waits()).toBe(true);
    await jest.advanceTimersByTimeAsync(1);
    expect(waits()).toBe(false);
  } finally {
    jest.useRealTimers();
  }
});

test('who has waited leaves no timer behind', async () => {
  const [set, clear] = [jest.spyOn(global, 'setTimeout'), jest.spyOn(global, 'clearTimeout')];
  await new Tasks().idle(54_321);
  const timers = set.mock.results.filter((_, at) => set.mock.calls[at]?.[1] === 54_321);
  const cleared = clear.mock.calls.map(([timer]) => timer as unknown);
  set.mockRestore();
  clear.mockRestore();
  expect(timers).toHaveLength(1);
  expect(cleared).toContain(timers[0]?.value);
});
