import type { Threats } from '../defence';

const GUARDS = '__tests__/security/guards.test.ts';
const SHOP = '__tests__/example-app/shop.test.ts';
const DEPENDENCIES = '__tests__/security/dependencies.test.ts';

/** From other sites, and what is installed. */
export const others: Threats = {
  CSRF: [
    {
      defence: 'the shop’s CSRF check stands in front of /pay',
      file: GUARDS,
      find: 'express.urlencoded({ extended: false }), doubleCsrfProtection);',
      replace: 'express.urlencoded({ extended: false }));',
      tests: {
        [GUARDS]: ['keeps another site’s form from starting a payment, and the shop’s own form works'],
      },
    },
    {
      defence: 'it stands in front of /pay alone',
      file: GUARDS,
      find: "app.use('/payment/pay', express.urlencoded({ extended: false }),",
      replace: "app.use('/payment', express.urlencoded({ extended: false }),",
      tests: {
        [GUARDS]: [
          'does not stand in the way of the gateway’s callback, which can carry no token of the shop’s',
        ],
      },
    },
    {
      defence: 'another spelling of /pay leads nowhere',
      file: 'lib/router.ts',
      find: 'Router({ caseSensitive: true });',
      replace: 'Router();',
      tests: {
        [GUARDS]: ['is not walked around by another spelling of the address (case sensitive routing: %s)'],
      },
    },
    {
      defence: 'the example shop checks the form that starts a payment',
      file: 'example-app/app.ts',
      find: "app.use('/payment/pay', form, csrf);",
      replace: "app.use('/payment/pay', form);",
      tests: { [SHOP]: ['a POST to %s without the token of the session is refused'] },
    },
  ],

  Cookies: [
    {
      defence: 'no cookie is set where the buyer comes back',
      file: 'lib/routes/cookies.ts',
      find: "    res.removeHeader('Set-Cookie');\n",
      replace: '',
      tests: {
        '__tests__/router/routes.test.ts': ['none is set where the buyer comes back, whatever ran before'],
      },
    },
    {
      defence: 'what ran before cannot set one as the headers are written',
      file: 'lib/routes/cookies.ts',
      find: '(Object.getPrototypeOf(res) as { writeHead: WriteHead }).writeHead;',
      replace: 'res.writeHead as WriteHead;',
      tests: {
        '__tests__/router/routes.test.ts': ['none is set where the buyer comes back, whatever ran before'],
      },
    },
  ],

  'What is installed': [
    {
      defence: 'a shop installs four libraries',
      file: 'package.json',
      find: '\n  "dependencies": {',
      replace: '\n  "dependencies": {\n    "lodash": "*",',
      tests: {
        [DEPENDENCIES]: ['what a shop installs with this package are four libraries, each for its own field'],
      },
    },
    {
      defence: 'the package runs no script when it is installed',
      file: 'package.json',
      find: '\n  "scripts": {',
      replace: '\n  "scripts": {\n    "postinstall": "node script.js",',
      tests: {
        [DEPENDENCIES]: ['nothing that a shop installs with this package runs a script when it is installed'],
      },
    },
    {
      defence: 'a package is locked by its digest',
      file: 'package-lock.json',
      find: '\n    "node_modules/joi": {',
      replace: '\n    "node_modules/loose": { "version": "1.0.0" },\n    "node_modules/joi": {',
      tests: { [DEPENDENCIES]: ['every package is locked by the digest of what it holds'] },
    },
  ],
};
