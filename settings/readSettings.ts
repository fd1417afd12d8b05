import { config as readDotenv } from 'dotenv';
import { withEmbeddedDefaults } from './embeddedSettings';
import type { Settings } from './settings';
import { withSecretsFromFiles } from './secretFiles';
import { loadSettings } from './settings';

/** The settings of this process, for main files only: `.env`, the environment, files of secrets, and what runs embedded beside it. Throws SettingsError. */
export function readSettings(): Settings {
  readDotenv({ quiet: true });
  return withEmbeddedDefaults(loadSettings(withSecretsFromFiles(process.env)));
}
