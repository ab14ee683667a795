import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import { readCallback, type Callback } from '../../../lib/core/callback';
import { callbackBody } from '../../../lib/http/bodies';

const any = { type: () => true };

/** Middleware that a shop may have put before the router, by name. */
const PARSERS: Record<string, () => RequestHandler[]> = {
  'no parser': () => [],
  'extended forms': () => [express.urlencoded({ extended: true })],
  'simple forms': () => [express.urlencoded({ extended: false })],
  'JSON and then forms': () => [express.json(), express.urlencoded({ extended: true })],
  'text of any type': () => [express.text(any)],
  'bytes of any type': () => [express.raw(any)],
  'text and bytes of their own types': () => [express.text(), express.raw()],
};

interface Answered {
  status: number;
  callback?: Callback;
  error?: string;
}

/** The body parser of the route behind an app's, answering with the parsed body. */
async function listen(parsers: RequestHandler[]): Promise<Server> {
  const app = express();
  for (const parser of parsers) app.use(parser);
  app.post('/', callbackBody, (req, res) => void res.json({ callback: readCallback(req.body) }));
  const failed: ErrorRequestHandler = (error: { status: number; message: string }, _req, res, _next) =>
    void res.status(error.status).json({ error: error.message });
  app.use(failed);
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function post(
  server: Server,
  body: string | Buffer | undefined,
  headers: Record<string, string> = {},
): Promise<Answered> {
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
    ...(body !== undefined && { body: new Uint8Array(Buffer.from(body)) }),
  });
  return { status: response.status, ...((await response.json()) as object) };
}

const FIELDS = {
  state: 'OK',
  status: '2',
  referenceNumber: 'Gm/sht+yjwKSu=9lKOLquYrzO9BqjUMb/TPUK0qak/iVsNo1xy',
  reservationNumber: '17000000000000000001',
  terminalId: '00210',
  traceNumber: '103822',
  rrn: '012345678901',
  maskedPan: '603799******1234',
};
const FORM = new URLSearchParams(FIELDS).toString();
/** Neither its state nor its status says that the buyer has paid. */
const WITHOUT_STATE = FORM.replace('state=OK&status=2&', 'status=&');
const { referenceNumber, reservationNumber: invoiceNumber, terminalId, traceNumber, rrn, maskedPan } = FIELDS;
const PAID: Callback = {
  invoiceNumber,
  terminalId,
  claim: {
    kind: 'paid',
    receipt: { referenceNumber, terminalId, traceNumber, rrn, maskedPan, cardEnd: '1234' },
  },
};

const UNBELIEVED = [
  'state=OK&state=Failed&',
  'state[x]=OK&',
  'state.x=OK&',
  '__proto__[state]=OK&',
  '__proto__.state=OK&',
  'constructor[prototype][state]=OK&',
  '__proto__=OK&constructor=OK&toString=OK&hasOwnProperty=OK&',
  'state=O%00K&',
  'state=%ff%fe&',
  'state=',
];

describe('in an Express app', () => {
  describe.each(Object.keys(PARSERS))('behind %s', (name) => {
    let server: Server;
    beforeAll(async () => (server = await listen(PARSERS[name]?.() ?? [])));
    afterAll(() => server.close());

    it('reads the gateway’s form', async () => {
      expect(await post(server, FORM)).toEqual({ status: 200, callback: PAID });
    });

    it('reads fields that the gateway posts twice in one form', async () => {
      expect(await post(server, `${FORM}&${FORM}`)).toEqual({ status: 200, callback: PAID });
    });

    it('reads it beside any number of fields it does not know', async () => {
      const more = Array.from({ length: 80 }, (_, i) => `more${i}=${i}`).join('&');
      const hostile = 'toString=x&constructor=y&__proto__=z&hasOwnProperty=0&x[y][z]=1&=&&';
      expect(await post(server, `${hostile}${FORM}&${more}`)).toEqual({ status: 200, callback: PAID });
    });

    it.each(UNBELIEVED)('takes %s for no OK', async (start) => {
      const { status, callback } = await post(server, start + WITHOUT_STATE);
      expect(status).toBe(200);
      expect(callback?.claim.kind).not.toBe('paid');
      expect(Object.keys(Object.prototype)).toEqual([]);
      expect({}).not.toHaveProperty('state');
    });

    it.each(['referenceNumber', 'reservationNumber', 'terminalId'] as const)(
      'believes none of two values of %s',
      async (field) => {
        const { callback } = await post(server, `${FORM}&${field}=2`);
        expect(callback).not.toMatchObject({ claim: { kind: 'paid' }, invoiceNumber, terminalId });
      },
    );

    it('reads an empty body as nothing', async () => {
      for (const body of [undefined, '', '&', '=']) {
        const nothing = { claim: { kind: 'unclear', problem: 'malformed' } };
        expect(await post(server, body)).toEqual({ status: 200, callback: nothing });
      }
    });
  });

  describe('behind a JSON parser', () => {
    let server: Server;
    beforeAll(async () => (server = await listen([express.json()])));
    afterAll(() => server.close());
    const postJson = (json: string) => post(server, json, { 'Content-Type': 'application/json' });

    it('reads JSON, numbers as text', async () => {
      const body = JSON.stringify({ ...FIELDS, status: 2, traceNumber: 103_822 });
      expect(await postJson(body)).toEqual({ status: 200, callback: PAID });
    });

    it.each([
      ...['[]', '{}', '{"state":["OK","Failed"]}', '{"state":{"toString":"OK"}}', '{"state":true}'],
      ...[`{"__proto__":${JSON.stringify(FIELDS)}}`, `[${JSON.stringify(FIELDS)}]`],
      `{"constructor":{"prototype":${JSON.stringify(FIELDS)}}}`,
    ])('takes %s for no callback', async (json) => {
      const { status, callback } = await postJson(json);
      expect(status).toBe(200);
      expect(callback?.claim).toEqual({ kind: 'unclear', problem: 'malformed' });
      expect({}).not.toHaveProperty('state');
    });
  });

  describe('the limits of the route’s parser', () => {
    let server: Server;
    beforeAll(async () => (server = await listen([])));
    afterAll(() => server.close());
    const gzip = { 'Content-Encoding': 'gzip' };

    it.each<[what: string, status: number, body: string | Buffer, headers: Record<string, string>]>([
      ['over 16 kB', 413, `${FORM}&x=${'x'.repeat(16 * 1024)}`, {}],
      ['16 MB that come as 16 kB', 413, gzipSync('x'.repeat(16 * 1024 * 1024)), gzip],
      ['an unknown encoding', 415, FORM, { 'Content-Encoding': 'rot13' }],
      ['an encoding it does not have', 400, FORM, gzip],
    ])('refuse %s with %i', async (_what, status, body, headers) => {
      expect(await post(server, body, headers)).toMatchObject({
        status,
        error: expect.any(String) as string,
      });
    });

    it.each<[what: string, body: string | Buffer, headers: Record<string, string>]>([
      ['gzip', gzipSync(FORM), gzip],
      ['charset=UTF-8', FORM, { 'Content-Type': 'application/x-www-form-urlencoded;charset=UTF-8' }],
      ...['windows-1256', 'us-ascii', 'utf-16', 'nonsense'].map<
        [what: string, body: string, headers: Record<string, string>]
      >((charset) => [
        `an ASCII form that says charset=${charset}`,
        FORM,
        { 'Content-Type': `application/x-www-form-urlencoded; charset=${charset}` },
      ]),
      ['the first 100 fields of more', `${FORM}&${'x=1&'.repeat(100)}`, {}],
    ])('take %s', async (_what, body, headers) => {
      expect(await post(server, body, headers)).toEqual({ status: 200, callback: PAID });
    });

    it.each(['application/json', 'text/plain', 'multipart/form-data; boundary=x', 'x', ''])(
      'leave %j unread',
      async (type) => {
        const { callback } = await post(server, FORM, { 'Content-Type': type });
        expect(callback?.claim).toEqual({ kind: 'unclear', problem: 'malformed' });
      },
    );
  });
});

describe('behind a text parser without a limit', () => {
  it('reads one field 200,000 times in a moment', async () => {
    const server = await listen([express.text({ ...any, limit: '1mb' })]);
    const { callback } = await post(server, `${FORM}&${'x&'.repeat(200_000)}`);
    expect(callback).toEqual(PAID);
    server.close();
  });
});
