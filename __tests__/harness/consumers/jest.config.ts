/** @jest-config-loader esbuild-register */
import type { Config } from 'jest';
import { base } from '../../../jest.config';

const config: Config = {
  ...base,
  rootDir: '../../..',
  testMatch: ['<rootDir>/__tests__/harness/consumers/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/__tests__/harness/consumers/setup.ts',
  testTimeout: 900_000,
  // Installs wait for the registry and for the disk as much as for a processor.
  maxWorkers: 2,
};

export default config;
