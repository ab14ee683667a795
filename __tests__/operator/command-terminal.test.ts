import { writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { run } from '../../lib/operator/cli/run';
import { command } from '../support/desk';
import { commandScene } from '../support/command-scene';
import { until } from '../support/until';

const scene = commandScene();
const { file, folder } = scene;

/** A command at a terminal that is still open. */
function atTerminal(...args: string[]) {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  const out = new PassThrough();
  const error = new PassThrough();
  const said = { out: '', error: '' };
  out.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  error.on('data', (chunk: Buffer) => (said.error += chunk.toString()));
  const ended = run([...args, '--database', file.filename], { input, out, error });
  return { input, said, ended };
}

describe('a question at the terminal', () => {
  test('of a give-back names the person, the amount and the reference', async () => {
    const { invoiceNumber } = scene.morning.payments.paid;
    const give = ['give-back', invoiceNumber, '--rials', '1000', '--reference', '88123'];
    const args = [...give, '--note', 'damaged', '--by', 'Sara', '--database', file.filename];
    const { code, error } = await command(args, 'yes\n');
    expect([code, error]).toEqual([
      0,
      expect.stringContaining('Sara records that 1,000 Rials (100 Tomans) were given back (88123).'),
    ]);
    expect((await scene.morning.shop.record(invoiceNumber)).givenBack).toBe(1_000);
  });

  test('that is answered after a colleague was quicker changes nothing', async () => {
    const { invoiceNumber } = scene.morning.payments.differs;
    const args = ['resolve', invoiceNumber, 'paid', '--note', 'by phone', '--by', 'Sara'];
    const { input, said, ended } = atTerminal(...args);
    await until(() => said.error.includes('Go on?'));
    await scene.morning.shop.atipay.resolve(invoiceNumber, 'failed', 'no money came', 'Reza');
    input.end('y\n');
    expect(await ended).toBe(1);
    expect(said.error).toContain(`Payment ${invoiceNumber} was changed meanwhile.`);
    expect((await scene.morning.shop.record(invoiceNumber)).status).toBe('failed');
  });
});

describe('who acts', () => {
  const noted = async (...args: string[]): Promise<unknown> => {
    const { invoiceNumber } = scene.morning.payments.paid;
    const result = await command(['note', invoiceNumber, 'called', ...args, '--database', file.filename]);
    expect(result).toMatchObject({ code: 0, error: '' });
    return (await scene.morning.shop.record(invoiceNumber)).history.at(-1)?.by;
  };
  const { SUDO_USER } = process.env;
  afterEach(() => {
    if (SUDO_USER === undefined) delete process.env['SUDO_USER'];
    else process.env['SUDO_USER'] = SUDO_USER;
  });

  test('is who --by names, else who called sudo, else who is logged in', async () => {
    process.env['SUDO_USER'] = 'reza';
    expect(await noted('--by', 'Sara')).toBe('Sara');
    expect(await noted()).toBe('reza');
    delete process.env['SUDO_USER'];
    expect(await noted()).toBe(userInfo().username);
  });

  test('is asked for where nobody is named', async () => {
    const { invoiceNumber } = scene.morning.payments.paid;
    const args = ['note', invoiceNumber, 'called', '--by', ' ', '--database', file.filename];
    expect(await command(args)).toMatchObject({
      code: 2,
      error: expect.stringContaining('give --by <name>') as string,
    });
  });
});

test('an act on a payment that is not there names it', async () => {
  const args = ['note', '17000000000000000009', 'called', '--by', 'Sara', '--database', file.filename];
  expect(await command(args)).toMatchObject({
    ...{ code: 1, out: '' },
    error: expect.stringContaining('There is no payment 17000000000000000009.') as string,
  });
});

test('purge removes personal data and says of how many', async () => {
  const args = ['purge', '--before', '1405-09-08', '--by', 'Sara', '--yes', '--database', file.filename];
  const { code, out } = await command(args);
  expect([code, out.replace(/\s+/g, ' ')]).toEqual([
    0,
    expect.stringMatching(/^Personal data of 3 payments is removed; 4 were looked at\. 1 keep it/),
  ]);
  expect((await command([...args, '--locale', 'fa'])).out).toContain('اطلاعات شخصی ۰ پرداخت پاک شد');
  expect((await scene.morning.shop.record(scene.morning.payments.paid.invoiceNumber)).cellNumber).toBeNull();
});

describe('on a terminal that shows how far a command is', () => {
  const shown = async (...args: string[]): Promise<string> => {
    const streams = { input: new PassThrough(), out: new PassThrough() };
    const error = Object.assign(new PassThrough(), { isTTY: true });
    expect(await run([...args, '--database', file.filename], { ...streams, error })).toBe(0);
    return String(error.read() ?? '');
  };

  test('check shows the case that it tries', async () => {
    expect(await shown('check', '--small')).toMatch(/\r\S[^\r]+ +\r/);
  });

  test('purge shows how many payments it has looked at', async () => {
    expect(await shown('purge', '--before', '1405-09-08', '--by', 'Sara', '--yes')).toContain('\r4\r');
  });

  test('reconcile clears its line', async () => {
    const report = join(folder, 'report.csv');
    writeFileSync(report, 'RRN,Amount (Rials)\n1,2\n');
    expect(await shown('reconcile', report)).toMatch(/\r {40}\r$/);
  });
});
