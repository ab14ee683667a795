import type { Threats } from '../defence';

const BODIES = '__tests__/security/bodies.test.ts';
const GATEWAY = '__tests__/security/gateway.test.ts';
const SILENCE = '__tests__/client/silence.test.ts';
const PATTERNS = '__tests__/security/patterns.test.ts';
const GUARDS = '__tests__/security/guards.test.ts';

/** Bringing the shop down. */
export const load: Threats = {
  Bodies: [
    {
      defence: 'a body at /pay is at most 100 kB, unpacked or not',
      changes: [
        {
          file: 'lib/routes/bodies.ts',
          find: "bodyParser.urlencoded({ extended: true, limit: '100kb' });",
          replace: "bodyParser.urlencoded({ extended: true, limit: '100mb' });",
        },
        {
          file: 'lib/routes/bodies.ts',
          find: "bodyParser.json({ limit: '100kb' });",
          replace: "bodyParser.json({ limit: '100mb' });",
        },
      ],
      tests: { [BODIES]: ['is refused at /pay before getOrder sees it: %s'] },
    },
    {
      defence: 'a callback’s body is at most 16 kB, unpacked or not',
      file: 'lib/routes/bodies.ts',
      find: "limit: '16kb', parameterLimit: 100",
      replace: "limit: '100mb', parameterLimit: 100",
      tests: {
        '__tests__/callback/http.test.ts': ['refuse %s with %i'],
        '__tests__/router/routes.test.ts': ['answers a body %s itself, and nothing changes'],
      },
    },
    {
      defence: 'a callback has at most 100 fields',
      file: 'lib/routes/bodies.ts',
      find: "limit: '16kb', parameterLimit: 100",
      replace: "limit: '16kb', parameterLimit: 100_000",
      tests: { '__tests__/callback/http.test.ts': ['refuse %s with %i'] },
    },
    {
      defence: 'errors in a callback’s body are answered and told of',
      file: 'lib/router.ts',
      find: ' unreadableCallback(context),',
      replace: '',
      tests: { '__tests__/router/routes.test.ts': ['answers a body %s itself, and nothing changes'] },
    },
    {
      defence: 'a body that names no invoice changes nothing',
      file: 'lib/payments/complete.ts',
      find: 'if (callback.invoiceNumber !== record.invoiceNumber) {',
      replace: 'if (false) {',
      tests: { [BODIES]: ['changes nothing and falls over nothing: %s'] },
    },
    {
      defence: 'the server’s requestTimeout ends a body that comes slowly',
      file: BODIES,
      find: '{ requestTimeout: 300, headersTimeout: 300, connectionsCheckingInterval: 50 },',
      replace: '{ requestTimeout: 0, headersTimeout: 0, connectionsCheckingInterval: 50 },',
      says: 'Exceeded timeout of 30000 ms for a test',
      tests: {
        [BODIES]: ['is cut off by the server’s requestTimeout, and has changed, asked and held nothing'],
      },
    },
  ],

  'Patterns that backtrack': [
    {
      defence: 'a regular expression is in the list',
      file: 'lib/client.ts',
      find: "(options.gatewayUrl ?? GATEWAY_URL).replace(/(?<!\\/)\\/+$/, '');",
      replace: "(options.gatewayUrl ?? GATEWAY_URL).replace(/\\/+$/, '');",
      tests: { [PATTERNS]: ['every regular expression of the package is in this list'] },
    },
    {
      defence: 'a regular expression in the list begins where it cannot go back',
      changes: [
        {
          file: 'lib/client.ts',
          find: "(options.gatewayUrl ?? GATEWAY_URL).replace(/(?<!\\/)\\/+$/, '');",
          replace: "(options.gatewayUrl ?? GATEWAY_URL).replace(/\\/+$/, '');",
        },
        {
          file: PATTERNS,
          find: "'client.ts': [String.raw`/(?<!\\/)\\/+$/`,",
          replace: "'client.ts': [String.raw`/\\/+$/`,",
        },
      ],
      tests: { [PATTERNS]: ['%s is done with any 64 kB in a moment'] },
    },
  ],

  'Payments started without end': [
    {
      defence: 'the shop’s rate limit stands in front of /pay',
      file: GUARDS,
      find: 'guarded(rateLimit({ windowMs: 60_000, limit: 5, legacyHeaders: false }));',
      replace: 'guarded((_req, _res, next) => next());',
      tests: {
        [GUARDS]: ['stops a client that starts payments without end before anything is stored or asked'],
      },
    },
    {
      defence: 'it stands in front of /pay alone',
      file: GUARDS,
      find: "app.use('/payment/pay', ...guards);",
      replace: "app.use('/payment', ...guards);",
      tests: { [GUARDS]: ['does not count buyers who come back from the bank'] },
    },
  ],

  'A gateway that is broken or taken over': [
    {
      defence: 'an answer is bounded in size once unpacked',
      file: 'lib/transport/exchange.ts',
      find: 'unpack(body, { maxOutputLength: BODY_LIMIT })',
      replace: 'unpack(body, {})',
      tests: { [GATEWAY]: ['is not unpacked whole: 64 MB of %s (%#)'] },
    },
    {
      defence: 'an answer is bounded in size once unpacked, by axios too',
      file: 'lib/transport/axios.ts',
      find: '    maxContentLength: BODY_LIMIT,\n',
      replace: '',
      tests: { [GATEWAY]: ['is not unpacked whole: 64 MB of %s (%#)'] },
    },
    {
      defence: 'an answer is bounded in size as it comes',
      file: 'lib/transport/exchange.ts',
      find: 'if (this.#length > BODY_LIMIT) this.#giveUp(BAD_RESPONSE);',
      replace: 'if (this.#length === Infinity) this.#giveUp(BAD_RESPONSE);',
      tests: { [SILENCE]: ['%s is no answer'] },
    },
    {
      defence: 'an answer is bounded in time as a whole',
      file: 'lib/transport/exchange.ts',
      find: 'this.#timer = setTimeout(() => this.#giveUp(nothingWithin(milliseconds)), milliseconds);',
      replace: 'this.#timer = setTimeout(() => undefined, milliseconds);',
      says: 'Exceeded timeout of 30000 ms for a test',
      tests: {
        [GATEWAY]: ['is given up when time is up: %s'],
        [SILENCE]: ['is up when %s'],
      },
    },
    {
      defence: 'a call whose time is up is not sent when its connection comes',
      file: 'lib/transport/exchange.ts',
      find: "if (this.#isOver) controller.abort(new Error('time is up'));",
      replace: '',
      tests: {
        '__tests__/client/tls.test.ts': [
          'a call whose time is up before its connection is there is never sent',
        ],
      },
    },
    {
      defence: 'an answer is bounded in time as a whole, by axios too',
      file: 'lib/transport/axios.ts',
      find: 'signal: new TimeLimit(milliseconds),',
      replace: 'timeout: milliseconds,',
      says: 'Exceeded timeout of 30000 ms for a test',
      tests: {
        [GATEWAY]: ['is given up when time is up: %s'],
        [SILENCE]: ['is up when %s'],
      },
    },
    {
      defence: 'a redirect is not followed',
      file: 'lib/transport/axios.ts',
      find: '    maxRedirects: 0,\n',
      replace: '',
      tests: { [SILENCE]: ['of %i leads nowhere else'] },
    },
    {
      defence: 'what is no JSON object is no refusal',
      file: 'lib/client.ts',
      find: "return json ? { kind: 'json', json } : unanswered(",
      replace: "return json ?? true ? { kind: 'json', json: json ?? {} } : unanswered(",
      tests: { [GATEWAY]: ['is no answer in an encoding that does not fit: %j'] },
    },
    {
      defence: 'an amount that nobody can read is no refusal',
      file: 'lib/client.ts',
      find: "if (rials === undefined) return unanswered('verify-payment', 'an amount that is not a number');",
      replace: 'if (rials === undefined) return this.#refusal(reply.json);',
      tests: { [GATEWAY]: ['is no answer, at once: %s'] },
    },
  ],
};
