import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { startSimulator } from '../../lib/simulator';

const running: ChildProcess[] = [];

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

function run(args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['-r', 'esbuild-register', 'lib/bin/atipay-simulator.ts', ...args], {
    env: { ...process.env, NODE_ENV: 'development', ...env },
  });
  running.push(child);
  const output = { out: '', error: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.error += chunk.toString()));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...output }));
  const says = async (text: RegExp) => {
    while (!text.test(output.out)) await once(child.stdout, 'data');
    return output.out;
  };
  return { child, ended, says };
}

it('starts, prints its address, serves, and stops on request', async () => {
  const { child, ended, says } = run([
    '--port',
    '0',
    '--api-key',
    'my-key',
    '--terminal',
    '777',
    '--token-refusal',
    'message',
  ]);
  const said = await says(/Ctrl\+C/);
  expect(said).toMatch(/API key +my-key\n +terminal +777/);
  const url = /gateway URL +(\S+)/.exec(said)?.[1] ?? '';
  const control = /control page +(\S+)/.exec(said)?.[1] ?? '';

  const answer = await fetch(`${url}/get-token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{"apiKey":"my-key"}',
  });
  expect(Object.keys((await answer.json()) as object)).toEqual(['faMessage']);
  expect((await fetch(control)).status).toBe(200);

  child.kill('SIGTERM');
  expect(await ended).toMatchObject({ code: 0, error: '' });
});

it('opens its control routes on every address with the token that it was given', async () => {
  const { says } = run(['--port', '0', '--host', '0.0.0.0', '--control-token', 'a-token-of-mine']);
  const control = /control page +(\S+)/.exec(await says(/Ctrl\+C/))?.[1] ?? '';
  expect(new URL(control).search).toBe('?token=a-token-of-mine');
  const bearer = (token: string) =>
    fetch(control.replace(/\?.*/, ''), { headers: { Authorization: `Bearer ${token}` } });
  expect((await bearer('a-token-of-mine')).status).toBe(200);
  expect((await bearer('another-token')).status).toBe(403);
});

it('prints its options and its version', async () => {
  const [help, version] = await Promise.all([run(['--help']).ended, run(['--version']).ended]);
  expect(help).toMatchObject({ code: 0, out: expect.stringContaining('--callback-delay <ms>') as string });
  expect(version.out).toMatch(/^\d+\.\d+\.\d+\S*\n$/);
});

it('ends with a sentence when it is called wrongly', async () => {
  const wrong: [string[], RegExp][] = [
    [['--prot', '1'], /Unknown option '--prot'[^]*Try atipay-simulator --help/],
    [['--port', 'http'], /--port takes a whole number, not "http"/],
    [['--control-token', 'short'], /`controlToken` length must be at least 8/],
    [['--cert', 'x.pem'], /--cert and --key go together/],
    [
      ['--port', '70000', '--token-refusal', 'html'],
      /`port` must be less[^]*`tokenRefusal` must be one of \[code, message\]/,
    ],
  ];
  const ends = await Promise.all(wrong.map(([args]) => run(args).ended));
  ends.forEach(({ code, error }, index) => {
    expect([code, error]).toEqual([1, expect.stringMatching(wrong[index]?.[1] ?? '')]);
    expect(error).not.toMatch(/\n +at /);
  });
});

it('says that its port is taken', async () => {
  const simulator = await startSimulator();
  const { code, error } = await run(['--port', String(simulator.port)]).ended;
  expect([code, error]).toEqual([1, expect.stringContaining('is taken: choose another')]);
  await simulator.close();
});

it('does not start in production', async () => {
  const { code, error } = await run(['--port', '0'], { NODE_ENV: 'production' }).ended;
  expect([code, error]).toEqual([1, expect.stringContaining('--allow-production')]);
});
