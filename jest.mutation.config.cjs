// The tests that one group of mutants is run against: one Express, no browser, no server, no other process.
const { register } = require('esbuild-register/dist/node');

const { unregister } = register();
const { projects } = require('./jest.config.ts').default;
unregister();

const [express5] = projects;
const [[files, [transformer, options]]] = Object.entries(express5.transform);

module.exports = {
  ...express5,
  displayName: 'mutation',
  // Nobody reads where a mutant fell.
  transform: { [files]: [transformer, { ...options, sourceMaps: false }] },
  testEnvironment: require.resolve('./__tests__/mutation/environment.cjs'),
  testTimeout: 10_000,
  testMatch: ['<rootDir>/__tests__/mutation/together.ts'],
};
