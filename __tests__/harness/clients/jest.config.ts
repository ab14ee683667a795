/** @jest-config-loader esbuild-register */
import { join } from 'node:path';
import { base, limits } from '../../../jest.config';

const [swc] = Object.values(base.transform);

export const project = {
  ...base,
  // MangoDB is an ES module and nothing else.
  transform: { ...base.transform, '/mangodb/dist/.*\\.js$': swc },
  transformIgnorePatterns: ['/node_modules/(?!@jkershaw/mangodb/dist/)'],
  moduleNameMapper: {
    ...base.moduleNameMapper,
    // Prisma's generated client names its TypeScript files as they will be built.
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^@jkershaw/mangodb$': join(__dirname, 'node_modules/@jkershaw/mangodb/dist/index.js'),
  },
  rootDir: join(__dirname, '../../..'),
  testMatch: ['<rootDir>/__tests__/harness/clients/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};

export default { ...project, ...limits };
