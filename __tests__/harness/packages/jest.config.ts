/** @jest-config-loader esbuild-register */
import { join } from 'node:path';
import type { Config } from 'jest';
import { base, limits } from '../../../jest.config';

const FOLDER = '<rootDir>/__tests__/harness/packages';

const here = {
  ...base,
  rootDir: join(__dirname, '../../..'),
  testMatch: [`${FOLDER}/**/*.test.ts`],
  testPathIgnorePatterns: ['/node_modules/'],
};

/** Tests once more on another Express than the newest. */
const onExpress = (displayName: string, name: string) => ({
  ...here,
  displayName,
  testMatch: [
    '<rootDir>/__tests__/{http,compatibility,simulator}/**/*.test.ts',
    '<rootDir>/__tests__/core/callback/http.test.ts',
    `${FOLDER}/compatibility/**/*.test.ts`,
  ],
  testPathIgnorePatterns: ['/node_modules/', '\\.browser\\.test\\.ts$'],
  moduleNameMapper: {
    ...base.moduleNameMapper,
    '^express$': `${FOLDER}/node_modules/${name}`,
    // Some middleware reaches into Express.
    '^express/(.*)$': `${FOLDER}/node_modules/${name}/$1`,
  },
});

const config: Config = {
  ...limits,
  projects: [
    { ...here, displayName: 'packages' },
    onExpress('express-4', 'express4'),
    onExpress('express-4.18.0', 'express418'),
    onExpress('express-5.0.0', 'express500'),
  ],
};

export default config;
