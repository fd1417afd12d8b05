const { projects } = require('./jest.config.js');

/** A release and a fleet of several processes as production has them: minutes, so only by npm run test:deployment. */
module.exports = {
  ...projects.find(({ displayName }) => displayName === 'servers'),
  displayName: 'deployment',
  testMatch: ['<rootDir>/tests/deployment/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
