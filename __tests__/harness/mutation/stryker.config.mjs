import groups from './groups.json' with { type: 'json' };

const group = process.env.MUTATION_GROUP ?? 'payments';

/** Mutation testing of one group of files, with the tests that are about them: `npm run mutation`. */
export default {
  packageManager: 'npm',
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  jest: {
    projectType: 'custom',
    configFile: '__tests__/harness/mutation/jest.config.cjs',
    enableFindRelatedTests: false,
  },
  mutate: groups[group].mutate,
  coverageAnalysis: 'perTest',
  ignorePatterns: ['dist', 'coverage', 'docs', 'example-app/build', 'example-app/data', 'reports'],
  tempDirName: `.stryker-tmp/${group}`,
  concurrency: Number(process.env.MUTATION_CONCURRENCY ?? 2),
  timeoutMS: 20_000,
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: { allowColor: false, reportTests: false, reportScoreTable: false },
  jsonReporter: { fileName: `reports/mutation/${group}/mutation.json` },
};
