import type { IsoDate } from '../calendar/dates';
import { formatDate } from '../calendar/dates';
import type { ListItem, TemplateValues } from '../emails/templates';

const MOST_LISTED = 100;

/** Something that a person was told on screen, and the page on which they go on. */
export interface ToldThing {
  title: string;
  message: string;
  url: string | null;
}

/** The values of an e-mail that tells a person at once. */
export function notificationValues(name: string, things: readonly ToldThing[]): TemplateValues<'notification'> {
  const [first] = things;
  const isOne = things.length === 1 && first !== undefined;
  return { name, summary: isOne ? first.title : `${things.length} things for you`, items: itemsOf(things) };
}

/** The values of the e-mail that tells a person once a day; `date` is London's. */
export function digestValues(name: string, date: IsoDate, things: readonly ToldThing[]): TemplateValues<'digest'> {
  const count = things.length === 1 ? 'one thing' : `${things.length} things`;
  return { name, summary: `${count} for you on ${formatDate(date)}`, items: itemsOf(things) };
}

function itemsOf(things: readonly ToldThing[]): ListItem[] {
  const items = things.slice(0, MOST_LISTED).map(({ title, message, url }) => ({
    text: `${title}. ${message}`,
    ...(url === null ? {} : { link: { url, label: 'Open it' } }),
  }));
  const rest = things.length - items.length;
  return rest > 0 ? [...items, { text: `And ${rest} more, among your notifications.` }] : items;
}
