// The tests that one group of mutants is run against: one Express, no browser, no server, no other process.
const { register } = require('esbuild-register/dist/node');

const { unregister } = register();
const { projects } = require('../../../jest.config.ts').default;
unregister();

const [quick] = projects;
const [[files, [transformer, options]]] = Object.entries(quick.transform);

module.exports = {
  ...quick,
  rootDir: '../../..',
  displayName: 'mutation',
  // Nobody reads where a mutant fell.
  transform: { [files]: [transformer, { ...options, sourceMaps: false }] },
  testEnvironment: require.resolve('./environment.cjs'),
  testTimeout: 10_000,
  testMatch: ['<rootDir>/__tests__/harness/mutation/together.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
