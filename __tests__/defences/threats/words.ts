import type { Threats } from '../defence';

const WORDS = '__tests__/security/words.test.ts';
const HEADERS = '__tests__/security/headers.test.ts';
const HTML = '__tests__/pages/html.test.ts';
const REDIRECT = '__tests__/pages/redirect.test.ts';

/** What others write is shown: texts and addresses. */
export const words: Threats = {
  'HTML injection': [
    {
      defence: 'every field is escaped',
      file: 'lib/pages/html.ts',
      find: 'text.replace(/[&<>"\']/g, (character) => ENTITIES[character] ?? character);',
      replace: 'text;',
      tests: {
        [WORDS]: ['in an order, a callback or a token is text on every page'],
        '__tests__/pages/result.test.ts': ['escapes every field'],
        [REDIRECT]: ['escapes the token and the address'],
        [HTML]: ['leaves nothing that could end an element, an attribute or an entity'],
      },
    },
    {
      defence: 'an order’s description is escaped',
      file: 'lib/pages/receipt.ts',
      find: '<bdi>${escapeHtml(payment.description)}</bdi>',
      replace: '<bdi>${payment.description}</bdi>',
      tests: {
        [WORDS]: ['in an order, a callback or a token is text on every page'],
        '__tests__/pages/result.test.ts': ['escapes every field'],
      },
    },
    {
      defence: 'a token is escaped',
      file: 'lib/pages/redirect.ts',
      find: 'value="${escapeHtml(input.token)}"',
      replace: 'value="${input.token}"',
      tests: {
        [WORDS]: ['in an order, a callback or a token is text on every page'],
        [REDIRECT]: ['escapes the token and the address'],
      },
    },
    {
      defence: 'what the gateway says is for the log, not for the buyer',
      file: 'lib/routes/pay.ts',
      find: "sendError(context, req, res, 'tokenRefused');",
      replace: 'res.status(502).send(error.message);',
      tests: { [WORDS]: ['in what the gateway says reaches no buyer at all'] },
    },
  ],

  'Headers, redirects and addresses': [
    {
      defence: 'addresses come from publicUrl, not from the request',
      file: 'lib/routes/callback.ts',
      find: 'else goTo(res, resultPageUrl(context.settings, record));',
      replace:
        'else goTo(res, resultPageUrl({ publicUrl: `${req.protocol}://${req.hostname}${req.baseUrl}` }, record));',
      tests: {
        [HEADERS]: [
          'come from publicUrl alone, whatever a request claims about its host, behind a trusted proxy too',
        ],
      },
    },
    {
      defence: 'no parameter says where to go',
      file: 'lib/routes/result.ts',
      find: 'const view = viewOf(context, record, unconfirmed);',
      replace:
        "const next = new URL(req.url, 'http://x').searchParams.get('next');\n    const view = { ...viewOf(context, record, unconfirmed), ...(next !== null && { continueUrl: next }) };",
      tests: { [HEADERS]: ['take no target from a request: no parameter makes an open redirect'] },
    },
    {
      defence: 'no page leads anywhere but to a path or an http(s) address',
      file: 'lib/pages/html.ts',
      find: "if (url === '' || UNCLEAR.test(url)) return false;",
      replace: "if (url !== '') return true;",
      tests: {
        [HEADERS]: ['of a shop’s own resultUrl lead to no code, no header and no other host: %s'],
        [HTML]: ['is nothing else: %j'],
        '__tests__/pages/error.test.ts': ['links nowhere that is not safe'],
      },
    },
    {
      defence: 'an address holds no line break and nothing that a browser drops',
      file: 'lib/pages/html.ts',
      find: "if (url === '' || UNCLEAR.test(url)) return false;",
      replace: "if (url === '') return false;",
      tests: { [HTML]: ['is nothing else: %j'] },
    },
    {
      defence: 'an address with a scheme is http(s) and has a host',
      file: 'lib/pages/html.ts',
      find: 'return WEB.test(url) && URL.canParse(url);',
      replace: 'return URL.canParse(url);',
      tests: {
        [HEADERS]: ['of a shop’s own resultUrl lead to no code, no header and no other host: %s'],
        [HTML]: ['is nothing else: %j'],
        '__tests__/pages/error.test.ts': ['links nowhere that is not safe'],
      },
    },
  ],

  'Unicode that turns text around': [
    {
      defence: 'a description stands apart from the text around it',
      file: 'lib/pages/receipt.ts',
      find: '<bdi>${escapeHtml(payment.description)}</bdi>',
      replace: '${escapeHtml(payment.description)}',
      tests: { [WORDS]: ['of an order turns no text around: a direction override ends where it stands'] },
    },
    {
      defence: 'an identifier stands apart from the text around it',
      file: 'lib/pages/html.ts',
      find: '`<bdi class="id" dir="ltr">${escapeHtml(text)}</bdi>`',
      replace: '`<span class="id">${escapeHtml(text)}</span>`',
      tests: { [HTML]: ['keeps identifiers left to right and apart from the text around them'] },
    },
    {
      defence: 'direction overrides are not taken in a callback',
      file: 'lib/callback.ts',
      find: 'text.length <= FIELD_LIMIT && isOneLine(text)',
      replace: 'text.length <= FIELD_LIMIT',
      tests: { [WORDS]: ['of an order turns no text around: a direction override ends where it stands'] },
    },
  ],

  'Log injection': [
    {
      defence: 'a callback’s field is one short line',
      file: 'lib/callback.ts',
      find: "return text.length <= FIELD_LIMIT && isOneLine(text) ? { text } : 'unusable';",
      replace: 'return { text };',
      tests: { [WORDS]: ['stays one short line whatever the callback says (%#)'] },
    },
    {
      defence: 'what the gateway says is made one short line',
      file: 'lib/client.ts',
      find: "return oneLine(hideCardNumbers(text.replaceAll(this.#apiKey, '[apiKey]')), QUOTE_LIMIT);",
      replace: "return hideCardNumbers(text.replaceAll(this.#apiKey, '[apiKey]'));",
      tests: {
        [WORDS]: ['stays one short line whatever the gateway says (%#)'],
        '__tests__/client/secrets.test.ts': ['is one line, to be read as it is written: without %s'],
      },
    },
    {
      defence: 'what a hook throws is made one short line',
      file: 'lib/payments/duties.ts',
      find: 'oneLine(wordsOf(error), 120);',
      replace: 'wordsOf(error);',
      tests: { [WORDS]: ['stays one short line whatever a hook throws (%#)'] },
    },
  ],
};
