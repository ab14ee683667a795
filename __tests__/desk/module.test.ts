import { loadModule, seenThrough } from '../../lib/desk/module';

test('a module is seen through when it was compiled from an ES module', () => {
  const router = {};
  expect(seenThrough({ default: { __esModule: true, default: router } })).toEqual({
    __esModule: true,
    default: router,
  });
  for (const plain of [{ default: router }, { default: null }, { default: 5 }, {}]) {
    expect(seenThrough(plain)).toBe(plain);
  }
});

test('a module is asked for by the URL of its file, and its exports are given', async () => {
  const asked: string[] = [];
  const loaded = await loadModule(__filename, (url) => {
    asked.push(url);
    return Promise.resolve({ default: { __esModule: true, payments: 1 } });
  });
  expect(loaded).toEqual({ __esModule: true, payments: 1 });
  expect(asked).toEqual([`file://${__filename}`]);
});

test('a module in a language that Node does not read is spoken of with what lets it', async () => {
  const refusal = Object.assign(new TypeError('Unknown file extension'), {
    code: 'ERR_UNKNOWN_FILE_EXTENSION',
  });
  await expect(loadModule(__filename, () => Promise.reject(refusal))).rejects.toMatchObject({
    message: `Node cannot load ${__filename} as it is: NODE_OPTIONS='--import tsx' lets it, with tsx installed.`,
    exitCode: 1,
  });
});

test('what else goes wrong in a module is left to its own words', async () => {
  const problem = new Error('no stock system');
  await expect(loadModule(__filename, () => Promise.reject(problem))).rejects.toBe(problem);
});
