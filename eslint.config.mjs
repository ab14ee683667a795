import { createRequire } from 'node:module';

// ESLint and its plugins are packages that the shop and the tests do without: `npm run packages` installs them.
const require = createRequire(import.meta.resolve('./__tests__/harness/packages/package.json'));
const js = require('@eslint/js');
const tseslint = require('typescript-eslint');

/** Globals that read or change something outside a function's arguments. */
const IMPURE = [
  'process',
  'console',
  'performance',
  'crypto',
  'fetch',
  'require',
  'globalThis',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
];

const onlyFrom = (regex) => ({
  patterns: [{ regex, message: 'lib/core imports nothing from outside but Joi.' }],
});

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'docs/api/',
      'example-app/build/',
      'bench/build/',
      'bench/results/',
      'coverage/',
      'reports/',
      '.stryker-tmp/',
      '__tests__/harness/consumers/projects/',
      '__tests__/harness/clients/',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      // Express tells an error handler by its four parameters.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Express' Request is an interface over IncomingMessage, which is all that its middleware needs.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // Loaded at run time, by the routers that need it: where undici does not load, as in jsdom, the package still does.
      '@typescript-eslint/no-require-imports': ['error', { allow: ['^undici/index\\.js$'] }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  // lib/core decides and does nothing else: no I/O, no clock, no randomness, nothing from outside but Joi.
  {
    files: ['lib/core/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', ...IMPURE],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'The caller passes the time.' },
        { object: 'Math', property: 'random', message: 'The caller draws.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
          message: 'The caller passes the time.',
        },
        { selector: 'ImportExpression', message: 'lib/core imports nothing at run time.' },
      ],
    },
  },
  {
    files: ['lib/core/*.ts'],
    rules: { 'no-restricted-imports': ['error', onlyFrom('^(?!\\./|joi$)')] },
  },
  {
    files: ['lib/core/transitions/*.ts'],
    rules: { 'no-restricted-imports': ['error', onlyFrom('^(?!\\./|\\.\\./[a-z-]+$)')] },
  },
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    languageOptions: { globals: { console: 'readonly', process: 'readonly', __dirname: 'readonly' } },
  },
);
