import { join } from 'node:path';
import { manifest } from '../../package/packed';
import { Consumer, tarball, type Ended } from './consumer';

// Tools that check a package as a shop gets it. They are heavy, and only this file needs them.

let tools: Consumer;
beforeAll(async () => (tools = await Consumer.create(['@arethetypeswrong/cli@0.18.5', 'publint@0.3.25'])));
afterAll(() => tools.remove());

const run = (name: string, ...args: string[]): Promise<Ended> =>
  tools.exec(join(tools.folder, 'node_modules', '.bin', name), args);

test('publint has nothing against the package', async () => {
  const { code, out } = await run('publint', 'run', tarball(), '--strict');
  expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('All good!') as string });
});

test('the types of every entry point resolve in every module resolution mode', async () => {
  const { code, out } = await run('attw', tarball(), '--format', 'json');
  const { analysis, problems } = JSON.parse(out) as {
    analysis: { entrypoints: Record<string, { resolutions: object }> };
    problems?: object;
  };
  expect({ code, problems }).toEqual({ code: 0, problems: {} });
  expect(Object.keys(analysis.entrypoints).sort()).toEqual(Object.keys(manifest.exports).sort());
  const modes = Object.values(analysis.entrypoints).map(({ resolutions }) => Object.keys(resolutions).sort());
  expect(new Set(modes.map(String))).toEqual(new Set(['bundler,node10,node16-cjs,node16-esm']));
});
