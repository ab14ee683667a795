/** @jest-config-loader esbuild-register */
import { availableParallelism } from 'node:os';
import type { Config } from 'jest';

// Away from UTC, so that no test takes one for the other.
process.env['TZ'] = 'Asia/Tehran';

const swc = {
  jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
  module: { type: 'commonjs' },
  sourceMaps: 'inline',
};

/** What every project has in common. */
export const base = {
  transform: { '\\.ts$': ['@swc/jest', swc] as [string, Record<string, unknown>] },
  moduleNameMapper: {
    '^express-atipay$': '<rootDir>/lib/index.ts',
    '^express-atipay/desk$': '<rootDir>/lib/operator/desk/index.ts',
    '^express-atipay/simulator$': '<rootDir>/lib/simulator/index.ts',
    '^express-atipay/stores/contract$': '<rootDir>/lib/stores/contract.ts',
    '^express-atipay/stores/(.*)$': '<rootDir>/lib/stores/clients/$1.ts',
    // A dynamic import is a require here, which takes no addresses.
    '^file://(.*)$': '$1',
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/example-app/build/', '<rootDir>/.stryker-tmp/'],
  // They install from the registry, and have configs of their own.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/__tests__/harness/(consumers|clients|packages)/'],
};

const HARNESS = '<rootDir>/__tests__/harness/';

/** What tests need beside Node, as the last part of their names says: `orders.server.test.ts`. */
const NEEDS = ['server', 'browser', 'build'];

const named = (need: string) => ({
  ...base,
  displayName: need,
  testMatch: [`<rootDir>/__tests__/**/*.${need}.test.ts`],
});

export const limits = {
  // No test is about how long it takes: only one that hangs runs into this.
  testTimeout: 600_000,
  // Many tests wait for sockets and timers: half as many workers again keep the processors busy.
  maxWorkers: Math.ceil(1.5 * availableParallelism()),
};

const config: Config = {
  ...limits,
  collectCoverageFrom: ['lib/**/*.ts'],
  projects: [
    {
      ...base,
      displayName: 'quick',
      testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
      testPathIgnorePatterns: [
        ...base.testPathIgnorePatterns,
        HARNESS,
        ...NEEDS.map((need) => `\\.${need}\\.test\\.ts$`),
      ],
    },
    ...NEEDS.map(named),
    { ...base, displayName: 'harness', testMatch: [`${HARNESS}**/*.test.ts`] },
  ],
};

export default config;
