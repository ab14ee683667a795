import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../..');

/** Runs a tool on the repository: its exit code and its output. */
function runTool(name: string, args: string[] = []): { code: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(join(__dirname, 'node_modules/.bin', name), args, {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
  });
  return { code: status, output: stdout + stderr };
}

test('everything public is documented, and every link in its comments leads somewhere', () => {
  expect(runTool('typedoc', ['--emit', 'none'])).toEqual({ code: 0, output: '' });
});

test('no file, export or package of the repository is unused', () => {
  expect(runTool('knip')).toEqual({ code: 0, output: '' });
});
