/** @jest-config-loader esbuild-register */
import { join } from 'node:path';
import type { Config } from 'jest';
import { base, limits } from '../../../jest.config';
import { project as clients } from '../clients/jest.config';

const ROOT = join(__dirname, '../../..');

const config: Config = {
  ...limits,
  rootDir: ROOT,
  projects: [
    {
      ...base,
      displayName: 'library',
      rootDir: ROOT,
      testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
      // Code that runs in separate processes or in a browser is not counted; its tests would only take time.
      testPathIgnorePatterns: [
        ...base.testPathIgnorePatterns,
        ...['harness', 'docs', 'e2e', 'example-app', 'package', 'types'].map(
          (name) => `<rootDir>/__tests__/${name}/`,
        ),
        '\\.browser\\.test\\.ts$',
      ],
    },
    { ...clients, displayName: 'clients' },
  ],
  collectCoverage: true,
  collectCoverageFrom: ['lib/**/*.ts', '!lib/bin/**', '!lib/simulator/pages/**'],
  coverageProvider: 'babel',
  coverageReporters: ['text', 'json-summary', 'json'],
  coverageThreshold: { global: { lines: 95, branches: 95 } },
};

export default config;
