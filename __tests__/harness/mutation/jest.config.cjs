// The tests that one group of mutants is run against: one Express, no browser, no server, no other process.
const { resolve } = require('node:path');
const { register } = require('esbuild-register/dist/node');

const { unregister } = register();
const { projects } = require('../../../jest.config.ts').default;
unregister();

const [express5] = projects;
const [[files, [transformer, options]]] = Object.entries(express5.transform);

module.exports = {
  ...express5,
  rootDir: resolve(__dirname, '../../..'),
  displayName: 'mutation',
  // Nobody reads where a mutant fell.
  transform: { [files]: [transformer, { ...options, sourceMaps: false }] },
  testEnvironment: require.resolve('./environment.cjs'),
  testTimeout: 10_000,
  testMatch: ['<rootDir>/__tests__/harness/mutation/together.ts'],
};
