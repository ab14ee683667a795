import { setFlagsFromString } from 'node:v8';
import type { Request, RequestHandler } from 'express';
import request from 'supertest';
import { openShop } from '../support/opened';
import { anOrder } from '../support/shop';

setFlagsFromString('--allow-natives-syntax');
/** Whether code that V8 has made fast for the one object is fast for the other. */
// eslint-disable-next-line @typescript-eslint/no-implied-eval -- a parser that was not told of this syntax refuses it
const areAlike = new Function('one', 'other', 'return %HaveSameMap(one, other)') as (
  one: object,
  other: object,
) => boolean;

/** The requests that a shop's `getOrder` saw, so many, one after the other, with what is in front of the router. */
async function requestsSeen(count: number, inFront: RequestHandler): Promise<Request[]> {
  const seen: Request[] = [];
  const getOrder = (req: Request): ReturnType<typeof anOrder> => {
    seen.push(req);
    return anOrder();
  };
  const shop = await openShop({ getOrder }, (app, router) => app.use('/payment', inFront, router));
  for (let left = count; left > 0; left -= 1) await request(shop.server).post('/payment/pay').expect(200);
  return seen;
}

const nothing: RequestHandler = (_req, _res, next) => next();

test('requests look alike to V8, and so do responses', async () => {
  const [, , one, other] = (await requestsSeen(4, nothing)) as [Request, Request, Request, Request];
  expect(areAlike(one, other)).toBe(true);
  expect(areAlike(one.res as object, other.res as object)).toBe(true);
});

test('a request keeps its response, and the response its request', async () => {
  const [req] = (await requestsSeen(1, nothing)) as [Request];
  expect(req.res?.req).toBe(req);
});

test('what somebody in front of the router has made permanent, or reads in a way of their own, stays so', async () => {
  const permanent: RequestHandler = (req, res, next) => {
    Object.defineProperty(req, 'res', { value: res, configurable: false });
    Object.defineProperty(res, 'req', { get: () => req, configurable: true });
    next();
  };
  const [req] = (await requestsSeen(1, permanent)) as [Request];
  expect(Object.getOwnPropertyDescriptor(req, 'res')).toMatchObject({ configurable: false });
  expect(Object.getOwnPropertyDescriptor(req.res, 'req')).toHaveProperty('get');
});
