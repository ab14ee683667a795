/** Mutation testing of what decides about money: `npm run mutation`. Pages and the simulator are left out. */
export default {
  packageManager: 'npm',
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  jest: { projectType: 'custom', configFile: 'jest.mutation.config.cjs', enableFindRelatedTests: false },
  mutate: ['lib/**/*.ts', '!lib/pages/**', '!lib/simulator/**', '!lib/bin/**', '!lib/texts/**'],
  coverageAnalysis: 'perTest',
  ignorePatterns: ['dist', 'coverage', 'example-app/build', 'example-app/data', 'reports'],
  concurrency: 2,
  timeoutMS: 20_000,
  incremental: true,
  incrementalFile: 'reports/mutation/incremental.json',
  reporters: ['clear-text', 'json', 'html', 'progress-append-only'],
  clearTextReporter: { allowColor: false, reportTests: false },
  jsonReporter: { fileName: 'reports/mutation/mutation.json' },
  htmlReporter: { fileName: 'reports/mutation/mutation.html' },
};
