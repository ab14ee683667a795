// The tests that mutants are run against: one Express, no browser, no server, no other process.
const { register } = require('esbuild-register/dist/node');

const { unregister } = register();
const { projects } = require('./jest.config.ts').default;
unregister();

const [express5] = projects;
const suites = ['payments', 'router', 'callback', 'client', 'config', 'order', 'security', 'stores', 'fuzz'];

module.exports = {
  ...express5,
  displayName: 'mutation',
  testTimeout: 30_000,
  testMatch: [`<rootDir>/__tests__/{${suites.join(',')}}/**/*.test.ts`, '<rootDir>/__tests__/*.test.ts'],
  testPathIgnorePatterns: ['postgres', 'mariadb', 'contract-catches'],
};
