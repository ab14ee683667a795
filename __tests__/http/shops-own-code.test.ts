import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import request from 'supertest';
import type { AtipayConfig } from 'express-atipay';
import { openShop } from '../support/opened';
import { anOrder, type Shop } from '../support/shop';

type GetOrder = NonNullable<AtipayConfig['getOrder']>;

interface Watched {
  shop: Shop;
  /** The errors that reached the app's error handler. */
  errors: unknown[];
}

/** A shop whose error handler takes part, and whose 404 page is behind the router. */
async function openWatched(
  config: Partial<AtipayConfig>,
  before: RequestHandler = (_req, _res, next) => next(),
): Promise<Watched> {
  const errors: unknown[] = [];
  const shop = await openShop(config, (app, router) => {
    app.use(before);
    app.use('/payment', router);
    app.use((_req, res) => void res.status(404).send('the shop’s 404'));
    const onError: ErrorRequestHandler = (error: unknown, _req, res, _next) => {
      errors.push(error);
      res.status(500).send('the shop’s error page');
    };
    app.use(onError);
  });
  return { shop, errors };
}

const throwing =
  (thrown: unknown): GetOrder =>
  () => {
    throw thrown;
  };
const rejecting =
  (thrown: unknown): GetOrder =>
  () =>
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- shops do.
    Promise.reject(thrown);

describe('a getOrder', () => {
  test.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['an empty text', ''],
    ['false', false],
    ['the word route', 'route'],
    ['the word router', 'router'],
  ])('that throws %s is an error of the app all the same', async (_what, thrown) => {
    for (const getOrder of [throwing(thrown), rejecting(thrown)]) {
      const { shop, errors } = await openWatched({ getOrder });
      const { text } = await request(shop.server).post('/payment/pay').expect(500);
      expect(text).toBe('the shop’s error page');
      const message = `The shop's code threw ${String(thrown)}, which is no error.`;
      expect(errors).toEqual([expect.objectContaining({ cause: thrown, message })]);
    }
  });

  test('whose order the store refuses without a reason is an error of the app all the same', async () => {
    const { shop, errors } = await openWatched({});
    shop.store.insert = () => rejecting(undefined)(null as never) as Promise<never>;
    await request(shop.server).post('/payment/pay').expect(500);
    const message = "The shop's code threw undefined, which is no error.";
    expect(errors).toEqual([expect.objectContaining({ cause: undefined, message })]);
  });

  test('that throws another text has it arrive as it is', async () => {
    const { shop, errors } = await openWatched({ getOrder: throwing('log in first') });
    await request(shop.server).post('/payment/pay').expect(500);
    expect(errors).toEqual(['log in first']);
  });

  test.each<[string, ReturnType<GetOrder>]>([
    ['and returns nothing', undefined],
    ['and returns an order', anOrder()],
  ])('that answers %s: the answer stands and nothing is started', async (_what, order) => {
    const { shop, errors } = await openWatched({
      getOrder: (req) => {
        req.res?.redirect('/login');
        return order;
      },
    });
    await request(shop.server).post('/payment/pay').expect(302).expect('Location', '/login');
    await shop.atipay.close();
    expect(errors).toEqual([]);
    expect(shop.gateway.asked('get-token')).toEqual([]);
  });
});

describe('an answer that the shop gave in the meantime', () => {
  /** Keeps the answer of the latest request, as code with another context does. */
  function keeper(): { keep: RequestHandler; latest: () => Response | undefined } {
    let latest: Response | undefined;
    const keep: RequestHandler = (_req, res, next) => {
      latest = res;
      next();
    };
    return { keep, latest: () => latest };
  }

  test('by a hook that holds the callback’s response stands, and the payment is finished', async () => {
    const { keep, latest } = keeper();
    const { shop, errors } = await openWatched({ onSuccess: () => latest()?.redirect('/thanks') }, keep);
    const record = await shop.started();
    const back = await shop.comesBack(record, {
      referenceNumber: shop.gateway.receipt(record.invoiceNumber),
    });
    expect([back.status, back.headers.get('Location')]).toEqual([302, '/thanks']);
    expect(errors).toEqual([]);
    expect(await shop.record(record.invoiceNumber)).toMatchObject({ status: 'paid', dueAt: null });
  });

  test('may be wrapped once more by code that holds the callback’s response, in either way that wrappers go about it', async () => {
    const { keep, latest } = keeper();
    const seen: number[] = [];
    const { shop, errors } = await openWatched(
      {
        onSuccess: () => {
          const res = latest() as Response;
          const writeHead = res.writeHead.bind(res) as (...args: unknown[]) => Response;
          const value = (...args: unknown[]): Response => {
            seen.push(res.statusCode);
            return writeHead(...args);
          };
          res.writeHead = value;
          Object.defineProperty(res, 'writeHead', { value, enumerable: true, configurable: true });
        },
      },
      keep,
    );
    const record = await shop.started();
    const receipt = shop.gateway.receipt(record.invoiceNumber);
    expect((await shop.comesBack(record, { referenceNumber: receipt })).status).toBe(303);
    expect([seen, errors, shop.told('hookError')]).toEqual([[303], [], []]);
  });

  test('by a time limit stands, be the payment started or refused', async () => {
    const { keep, latest } = keeper();
    const { shop, errors } = await openWatched({}, keep);
    const late = (body: unknown) => () => {
      latest()?.status(503).send('too slow');
      return Promise.resolve({ body });
    };
    for (const body of [{ status: '1', token: 'late' }, { errorCode: '-1' }]) {
      for (const Accept of ['text/html', 'application/json']) {
        shop.gateway.replies['get-token'].push(late(body));
        await request(shop.server).post('/payment/pay').set({ Accept }).expect(503, 'too slow');
      }
    }
    expect(errors).toEqual([]);
  });
});
