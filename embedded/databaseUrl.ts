import { readSettings } from '../settings/readSettings';

/** `npm run -s db:url [-- --admin]`: the address of the database, for the application's role or the owner's. */
const settings = readSettings();
const url = process.argv.includes('--admin') ? settings.DATABASE_ADMIN_URL : settings.DATABASE_URL;
if (url === undefined) {
  console.error('There is no database yet: run npm start first, or set DATABASE_URL.');
  process.exit(1);
}
console.log(url);
