// The tests that one group of mutants is run against: one Express, no browser, no server, no other process.
const { register } = require('esbuild-register/dist/node');
const groups = require('./__tests__/mutation/groups.json');

const { unregister } = register();
const { projects } = require('./jest.config.ts').default;
unregister();

const [express5] = projects;
const [[files, [transformer, options]]] = Object.entries(express5.transform);
const { tests } = groups[process.env.MUTATION_GROUP ?? 'payments'];

module.exports = {
  ...express5,
  displayName: 'mutation',
  // Nobody reads where a mutant fell.
  transform: { [files]: [transformer, { ...options, sourceMaps: false }] },
  testTimeout: 30_000,
  testMatch: tests.map((name) => `<rootDir>/__tests__/${name}.test.ts`),
  testPathIgnorePatterns: ['postgres', 'mariadb'],
};
