import { config as readDotenv } from 'dotenv';
import { withEmbeddedDefaults } from './embeddedSettings';
import type { Settings } from './settings';
import { loadSettings } from './settings';

/** The settings of this process, for main files only: `.env`, the environment, and what runs embedded beside it. Throws SettingsError. */
export function readSettings(): Settings {
  readDotenv({ quiet: true });
  return withEmbeddedDefaults(loadSettings(process.env));
}
