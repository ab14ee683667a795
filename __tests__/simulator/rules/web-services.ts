import { accepted, refused, type Rule } from '../bench';
import { call, order, verify } from '../gateway';

export const webServices: Rule[] = [
  {
    rule: 'W1',
    says: 'the content type is application/json',
    holds: async (bench) => {
      for (const type of ['application/json', 'application/json;', 'application/json; charset=utf-8']) {
        accepted(await call(bench.simulator, 'get-token', order(bench.simulator), { 'Content-Type': type }));
      }
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp']) {
        const answer = await call(bench.simulator, 'get-token', order(bench.simulator), {
          'Content-Type': type,
        });
        expect(answer).toMatchObject({ status: 415, json: { errorCode: '5' } });
      }
    },
  },
  {
    rule: 'W2',
    says: 'the body is a JSON object',
    holds: async (bench) => {
      accepted(await bench.token({ unknownField: true }));
      for (const body of ['', 'apiKey=x', '[]', 'null', '"text"', '{"apiKey":']) {
        expect((await call(bench.simulator, 'get-token', body)).status).toBe(400);
        expect((await call(bench.simulator, 'verify-payment', body)).status).toBe(400);
      }
    },
  },
  {
    rule: 'W3',
    says: 'the key is a merchant’s',
    holds: async (bench) => {
      refused(await bench.token({ apiKey: undefined }), '5', 'apiKey');
      refused(await bench.token({ apiKey: 'another' }), '20');
      refused(await verify(bench.simulator, 'any', { apiKey: 'another' }), '20');
    },
  },
  {
    rule: 'W4',
    says: 'the call comes from the registered address',
    holds: async (bench) => {
      await bench.restart({ registeredIp: '127.0.0.1' });
      accepted(await bench.token({}));
      await bench.restart({ registeredIp: '198.51.100.7' });
      refused(await bench.token({}), '8', '127.0.0.1');
      refused(await verify(bench.simulator, 'any'), '8', '127.0.0.1');
    },
  },
  {
    rule: 'W5',
    says: 'a refusal has one of the known forms',
    holds: async (bench) => {
      const coded = await bench.token({ amount: 0 });
      expect(coded.json).toMatchObject({ status: '5', token: null, errorCode: '5' });
      await bench.restart({ tokenRefusal: 'message', verifyRefusal: 'amount' });
      expect(Object.keys((await bench.token({ amount: 0 })).json)).toEqual(['faMessage']);
      expect((await verify(bench.simulator, 'unknown')).text).toBe('{"amount":-22.0}');
    },
  },
];
