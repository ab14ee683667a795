/** @jest-config-loader esbuild-register */
import { join } from 'node:path';
import { base } from '../../../jest.config';

export default {
  ...base,
  // Prisma's generated client names its TypeScript files as they will be built.
  moduleNameMapper: { ...base.moduleNameMapper, '^(\\.{1,2}/.*)\\.js$': '$1' },
  rootDir: join(__dirname, '../../..'),
  testMatch: ['<rootDir>/__tests__/harness/clients/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 120_000,
};
