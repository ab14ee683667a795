import type { Threats } from '../defence';

const HEADERS = '__tests__/security/headers.test.ts';
const REDIRECT = '__tests__/pages/redirect.test.ts';
const EVERY_PAGE =
  'every page has a policy that allows nothing but itself, no frame, no sniffing, no cache and no search engine';

/** What others write is shown: what browsers are told about a page. */
export const framing: Threats = {
  'Clickjacking, caches, history, referrers': [
    {
      defence: 'no page may be framed',
      changes: [
        { file: 'lib/pages/layout.ts', find: '    "frame-ancestors \'none\'",\n', replace: '' },
        { file: 'lib/pages/layout.ts', find: "    'X-Frame-Options': 'DENY',\n", replace: '' },
      ],
      tests: {
        '__tests__/security/framing.test.ts': ['cannot put the %s page into a frame of its own'],
        [HEADERS]: [EVERY_PAGE],
      },
    },
    {
      defence: 'a page runs the script that its policy names by its hash',
      file: 'lib/pages/layout.ts',
      find: "script-src ${scripts.map(source).join(' ')}",
      replace: "script-src 'unsafe-inline'",
      tests: { [REDIRECT]: ['runs its own script and style and nothing else'], [HEADERS]: [EVERY_PAGE] },
    },
    {
      defence: 'a page may load nothing',
      file: 'lib/pages/layout.ts',
      find: '    "default-src \'none\'",\n',
      replace: '',
      tests: { [HEADERS]: [EVERY_PAGE] },
    },
    {
      defence: 'no cache keeps a page',
      file: 'lib/pages/layout.ts',
      find: "    'Cache-Control': 'no-store',\n",
      replace: '',
      tests: { [HEADERS]: [EVERY_PAGE] },
    },
    {
      defence: 'a page is taken for nothing but HTML',
      file: 'lib/pages/layout.ts',
      find: "    'X-Content-Type-Options': 'nosniff',\n",
      replace: '',
      tests: { [HEADERS]: [EVERY_PAGE] },
    },
    {
      defence: 'no cache keeps a redirect or a document, and both are taken for what they say they are',
      file: 'lib/routes/respond.ts',
      find: "const CLOSED = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };",
      replace: 'const CLOSED = {};',
      tests: {
        [HEADERS]: [
          'every redirect and every document for a program is kept by nobody and sniffed by nobody',
        ],
      },
    },
    {
      defence: 'a page with a return key in its address sends no referrer',
      file: 'lib/pages/layout.ts',
      find: "pageHeaders('no-referrer', scripts,",
      replace: "pageHeaders('unsafe-url' as 'origin', scripts,",
      tests: {
        [HEADERS]: ['the page that holds the return key in its address gives the address to nobody'],
        '__tests__/e2e/policies.test.ts': [
          'does not give away the address of the receipt to the site it is left for',
        ],
      },
    },
  ],
};
