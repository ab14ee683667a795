/** @jest-config-loader esbuild-register */
import type { Config } from 'jest';
import { base } from '../../../jest.config';

const config: Config = {
  ...base,
  rootDir: '../../..',
  testTimeout: 600_000,
  maxWorkers: '100%',
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  // Code that runs in separate processes or in a browser is not counted; its tests would only take time.
  testPathIgnorePatterns: [
    ...base.testPathIgnorePatterns,
    ...['harness', 'docs', 'e2e', 'example-app', 'package', 'types'].map(
      (name) => `<rootDir>/__tests__/${name}/`,
    ),
    '\\.browser\\.test\\.ts$',
  ],
  collectCoverage: true,
  collectCoverageFrom: ['lib/**/*.ts', '!lib/bin/**', '!lib/simulator/pages/**'],
  coverageProvider: 'babel',
  coverageReporters: ['text', 'json-summary', 'json'],
  coverageThreshold: { global: { lines: 95, branches: 95 } },
};

export default config;
