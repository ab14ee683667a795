import { request } from 'node:http';
import { json } from 'node:stream/consumers';
import { startSimulator, type Simulator } from '../../lib/simulator';

let simulator: Simulator;
afterEach(() => simulator.close());

/** Asks a control route under any name, as a page does whose name leads to this machine. */
const ask = (
  method: string,
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number; cookie: string | undefined; body: Record<string, unknown> }> =>
  new Promise((resolve, reject) => {
    const { port } = simulator;
    request({ host: '127.0.0.1', port, method, path: `/simulator${path}`, headers }, (res) => {
      const cookie = res.headers['set-cookie']?.[0]?.split(';')[0];
      json(res).then(
        (body) => resolve({ status: res.statusCode ?? 0, cookie, body: body as object as never }),
        reject,
      );
    })
      .on('error', reject)
      .end();
  });

const ROUTES = [
  ['GET', ''],
  ['GET', '/calls'],
  ['GET', '/faults'],
  ['GET', '/payments/1'],
  ['POST', '/faults/clear'],
  ['POST', '/clock'],
  ['POST', '/buyer'],
  ['DELETE', '/faults'],
] as const;

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
const FOREIGN = [
  'evil.example',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  '10.0.0.1',
  '192.168.1.5',
];

describe('on loopback', () => {
  beforeEach(async () => (simulator = await startSimulator()));

  test.each(ROUTES)(
    '%s %s is open under loopback’s names, and refused under another',
    async (method, path) => {
      for (const name of LOOPBACK) {
        const { status } = await ask(method, path, { Host: `${name}:${simulator.port}` });
        expect(status).not.toBe(403);
      }
      for (const Host of FOREIGN) {
        const { status, body } = await ask(method, path, { Host });
        expect([Host, status]).toEqual([Host, 403]);
        expect(body).toEqual({ error: expect.stringContaining('localhost or 127.0.0.1') as string });
      }
    },
  );

  test('is open under any name with the token', async () => {
    const Authorization = `Bearer ${simulator.controlToken}`;
    expect((await ask('GET', '', { Host: 'simulator.example', Authorization })).status).toBe(200);
    expect(simulator.controlUrl).toBe(`${simulator.origin}/simulator`);
  });
});

describe('on every address', () => {
  beforeEach(
    async () => (simulator = await startSimulator({ host: '0.0.0.0', controlToken: 'a-token-of-mine' })),
  );

  test.each(ROUTES)('%s %s needs the token', async (method, path) => {
    for (const headers of [{}, { Authorization: 'Bearer another' }, { Cookie: 'atipay-simulator=another' }]) {
      expect((await ask(method, path, headers)).status).toBe(403);
    }
    expect((await ask(method, path, { Authorization: 'Bearer a-token-of-mine' })).status).not.toBe(403);
  });

  test('the address with the token opens the page, and a cookie keeps it open', async () => {
    expect(simulator.controlUrl).toBe(`${simulator.origin}/simulator?token=a-token-of-mine`);
    const { status, cookie } = await ask('GET', '?token=a-token-of-mine', {});
    expect(status).toBe(200);
    expect((await ask('GET', '/calls', { Cookie: `x=1; ${String(cookie)}` })).status).toBe(200);
    expect((await ask('GET', '?token=another', {})).status).toBe(403);
  });
});

test.each(['', '/v1'])('a visit to its address%s leads to the control page', async (path) => {
  simulator = await startSimulator();
  const { status, headers } = await fetch(simulator.origin + path, { redirect: 'manual' });
  expect([status, headers.get('Location')]).toEqual([302, '/simulator']);
});

describe('the clock', () => {
  const move = async (body: string, type = 'application/json'): Promise<number> => {
    const headers = { 'Content-Type': type };
    return (
      await fetch(`${simulator.controlUrl}/clock`, { method: 'POST', headers, body, redirect: 'manual' })
    ).status;
  };

  test('cannot be broken', async () => {
    simulator = await startSimulator({ now: () => 1_000 });
    for (const ms of [
      '-1',
      '1.5',
      '"x"',
      '"NaN"',
      '"Infinity"',
      '1e300',
      '8640000000000000',
      'null',
      '[]',
      '{}',
      'true',
      '" "',
    ]) {
      expect([ms, await move(`{"ms":${ms}}`)]).toEqual([ms, 400]);
    }
    for (const form of ['', 'ms=', 'ms=x', 'ms=1&ms=2', 'ms=-5', 'ms=1e400']) {
      expect([form, await move(form, 'application/x-www-form-urlencoded')]).toEqual([form, 400]);
    }
    for (const ms of [-1, NaN, Infinity, 8.64e15, undefined, 'x', 5n]) {
      expect(() => simulator.advance(ms as number)).toThrow(/The clock cannot be moved/);
    }
    expect(simulator.now()).toBe(1_000);
    simulator.advance(5);
    expect(simulator.now()).toBe(1_005);
  });
});

test.each([undefined, null, '', ' ', 5, {}])(
  'a buyer with the target %j gets an error that says so',
  async (target) => {
    simulator = await startSimulator();
    await expect(simulator.pay(target as string)).rejects.toMatchObject({
      code: 'ERR_ATIPAY_SIMULATOR',
      message: expect.stringContaining('did a token come?') as string,
    });
  },
);
