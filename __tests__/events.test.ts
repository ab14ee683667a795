import { format } from 'node:util';
import { once } from 'node:events';
import { consoleLogger, Reporter, type AtipayEvents, type Logger } from '../lib/events';

type Line = [level: keyof Logger, fields: object, message: string];

/** A logger that keeps its lines. */
function openLog(): { logger: Required<Logger>; lines: Line[] } {
  const lines: Line[] = [];
  const write =
    (level: keyof Logger) =>
    (fields: object, message: string): void =>
      void lines.push([level, fields, message]);
  return {
    lines,
    logger: { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') },
  };
}

const payment: AtipayEvents['review'][0]['payment'] = {
  invoiceNumber: '17000000000000000001',
  orderId: 'A-1',
  account: 'default',
  amount: 1_000,
  currency: 'IRR',
  createdAt: 1,
  updatedAt: 2,
  status: 'pending',
};

/** Long enough for every settled promise to be handled. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('listeners', () => {
  it('are called in order, with the event’s arguments', () => {
    const reporter = new Reporter(openLog().logger);
    const told: unknown[] = [];
    reporter.events.on('review', (event) => told.push(['first', event]));
    reporter.events.on('review', (event) => told.push(['second', event]));
    reporter.events.on('late', () => told.push('never'));
    reporter.emit('review', { payment });
    expect(told).toEqual([
      ['first', { payment }],
      ['second', { payment }],
    ]);
  });

  it('may throw: the next one and the caller do not notice, the log does', () => {
    const { logger, lines } = openLog();
    const reporter = new Reporter(logger);
    const told: string[] = [];
    const error = new Error('broken listener');
    reporter.events.on('replay', () => {
      throw error;
    });
    reporter.events.on('replay', ({ referenceNumber }) => told.push(referenceNumber));
    reporter.emit('replay', { payment, referenceNumber: 'R' });
    expect(told).toEqual(['R']);
    expect(lines).toEqual([['error', { err: error, event: 'replay' }, expect.stringContaining('"replay"')]]);
  });

  it.each<[what: string, listener: () => unknown]>([
    ['a promise', () => Promise.reject(new Error('later'))],
    [
      'a promise of another library',
      () => ({ then: (_: unknown, no: (e: Error) => void) => no(new Error('later')) }),
    ],
  ])('may reject later, by %s: it is logged', async (_what, listener) => {
    const { logger, lines } = openLog();
    const reporter = new Reporter(logger);
    reporter.events.on('review', listener);
    reporter.events.once('review', listener);
    reporter.emit('review', { payment });
    expect(lines).toEqual([]);
    await settled();
    expect(lines).toHaveLength(2);
    expect(lines[0]).toEqual(['error', { err: new Error('later'), event: 'review' }, expect.any(String)]);
  });

  it('may throw things that are no errors', () => {
    const { logger, lines } = openLog();
    const reporter = new Reporter(logger);
    for (const thrown of [undefined, null, 'text']) {
      reporter.events.once('review', () => {
        throw thrown as unknown as Error;
      });
    }
    reporter.emit('review', { payment });
    expect(lines.map(([, fields]) => fields)).toEqual(
      [undefined, null, 'text'].map((err) => ({ err, event: 'review' })),
    );
  });

  it('added with once are called once, even if they throw', async () => {
    const { logger, lines } = openLog();
    const reporter = new Reporter(logger);
    let told = 0;
    reporter.events.once('review', () => {
      told += 1;
      throw new Error('once');
    });
    const waiting = once(reporter.events, 'review');
    reporter.emit('review', { payment });
    reporter.emit('review', { payment });
    expect(told).toBe(1);
    expect(lines).toHaveLength(1);
    expect(await waiting).toEqual([{ payment }]);
    expect(reporter.events.listenerCount('review')).toBe(0);
  });

  it('may come and go while an event is emitted', () => {
    const reporter = new Reporter(openLog().logger);
    const told: string[] = [];
    const second = (): void => void told.push('second');
    reporter.events.on('review', () => {
      told.push('first');
      reporter.events.off('review', second);
      reporter.events.on('review', () => told.push('third'));
    });
    reporter.events.on('review', second);
    reporter.emit('review', { payment });
    expect(told).toEqual(['first', 'second']);
    told.length = 0;
    reporter.emit('review', { payment });
    expect(told).toEqual(['first', 'third']);
  });

  it('are heard of by those for whom telling is costly, event by event', () => {
    const reporter = new Reporter(openLog().logger);
    const heard = (): boolean[] => [reporter.isHeard('review'), reporter.isHeard('transition')];
    expect(heard()).toEqual([false, false]);
    reporter.events.once('review', () => undefined);
    expect(heard()).toEqual([true, false]);
    reporter.emit('review', { payment });
    expect(heard()).toEqual([false, false]);
  });

  it('find the emitter as this, and may be none', () => {
    const reporter = new Reporter(openLog().logger);
    const seen: unknown[] = [];
    reporter.emit('late', { payment, referenceNumber: 'R' });
    reporter.events.on('late', function (this: unknown) {
      seen.push(this);
    });
    reporter.emit('late', { payment, referenceNumber: 'R' });
    expect(seen).toEqual([reporter.events]);
  });
});

describe('the log', () => {
  it('gets every line on its level, as (fields, message), called as a method', () => {
    const { logger, lines } = openLog();
    const seen: unknown[] = [];
    const reporter = new Reporter({
      ...logger,
      warn(fields, message) {
        seen.push(this);
        logger.warn(fields, message);
      },
    });
    for (const level of ['debug', 'info', 'warn', 'error'] as const) reporter.log(level, { a: 1 }, level);
    expect(lines.map(([level, , message]) => [level, message])).toEqual(
      ['debug', 'info', 'warn', 'error'].map((level) => [level, level]),
    );
    expect(seen).toHaveLength(1);
    expect(seen[0]).toHaveProperty('warn');
  });

  it('may lack debug and info', () => {
    const { logger, lines } = openLog();
    const reporter = new Reporter({ warn: logger.warn, error: logger.error });
    reporter.log('debug', {}, 'x');
    reporter.log('info', {}, 'x');
    expect(lines).toEqual([]);
    const levels = ['debug', 'info', 'warn', 'error'] as const;
    expect(levels.filter((level) => reporter.isLogged(level))).toEqual(['warn', 'error']);
  });

  it.each<[what: string, write: () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('disk full');
      },
    ],
    ['rejects', () => Promise.reject(new Error('disk full'))],
  ])('that %s disturbs no payment, not even beside a broken listener', async (_what, write) => {
    const reporter = new Reporter({ warn: write, error: write });
    const told: string[] = [];
    reporter.events.on('review', write);
    reporter.events.on('review', () => told.push('told'));
    reporter.log('warn', {}, 'x');
    reporter.emit('review', { payment });
    await settled();
    expect(told).toEqual(['told']);
  });

  it('on the console is of warnings and errors only, each with its fields, and % in it is no format', () => {
    const said: unknown[][] = [];
    const spies = (['debug', 'info', 'log', 'warn', 'error'] as const).map((level) =>
      jest
        .spyOn(console, level)
        .mockImplementation((...args: unknown[]) => void said.push([level, format(...args)])),
    );
    const reporter = new Reporter(consoleLogger);
    for (const level of ['debug', 'info', 'warn', 'error'] as const)
      reporter.log(level, { a: 1 }, 'something of %D9%BE, %s, %d, %j and %o');
    for (const spy of spies) spy.mockRestore();
    expect(said).toEqual([
      ['warn', '[express-atipay] something of %D9%BE, %s, %d, %j and %o { a: 1 }'],
      ['error', '[express-atipay] something of %D9%BE, %s, %d, %j and %o { a: 1 }'],
    ]);
  });
});
