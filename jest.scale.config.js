const { projects } = require('./jest.config.js');

/** The documented queries on a database as large as a practice gets: two minutes of filling, so only by npm run test:scale. */
module.exports = {
  ...projects.find(({ displayName }) => displayName === 'servers'),
  displayName: 'scale',
  testMatch: ['<rootDir>/tests/scale/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
