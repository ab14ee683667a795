import js from '@eslint/js';
import tseslint from 'typescript-eslint';

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
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    languageOptions: { globals: { console: 'readonly', process: 'readonly', __dirname: 'readonly' } },
  },
);
