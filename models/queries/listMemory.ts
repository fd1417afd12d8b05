import type { Database } from '../database';

/** A row whose place in a list is known: the value that the list is ordered by, and the row's id. */
export interface Bookmark {
  offset: number;
  key: string | number | Date;
  id: string;
}

interface Remembered {
  /** What the list was when this was seen; anything remembered of another version is worth nothing. */
  version: string;
  totalCount?: number;
  bookmarks: Bookmark[];
}

const MAX_LISTS = 500;
const MAX_BOOKMARKS = 400;
/** Nearer ones would save nothing worth the memory. */
const BOOKMARK_DISTANCE = 500;

const memories = new WeakMap<Database, ListMemory>();

/**
 * What one process remembers of lists, so that a total is not counted again and a far page not walked to again while nothing has
 * changed. The database's version of the list, read in the same statement as the rows, decides whether it still holds.
 */
export class ListMemory {
  readonly #lists = new Map<string, Remembered>();

  static of(db: Database): ListMemory {
    let memory = memories.get(db);
    if (!memory) {
      memory = new ListMemory();
      memories.set(db, memory);
    }
    return memory;
  }

  totalCount(list: string, version: string): number | undefined {
    const remembered = this.#lists.get(list);
    return remembered?.version === version ? remembered.totalCount : undefined;
  }

  rememberTotal(list: string, version: string, totalCount: number): void {
    this.#at(list, version).totalCount = totalCount;
  }

  /** The last known row at or before the offset, and the version for which it holds. */
  bookmarkBefore(list: string, offset: number): { bookmark: Bookmark; version: string } | undefined {
    const remembered = this.#lists.get(list);
    const bookmark = remembered?.bookmarks.findLast((known) => known.offset <= offset);
    return remembered && bookmark ? { bookmark, version: remembered.version } : undefined;
  }

  rememberBookmark(list: string, version: string, bookmark: Bookmark): void {
    const { bookmarks } = this.#at(list, version);
    const nearest = bookmarks.findLast((known) => known.offset <= bookmark.offset)?.offset ?? 0;
    if (bookmark.offset - nearest < BOOKMARK_DISTANCE || bookmarks.length >= MAX_BOOKMARKS) return;
    bookmarks.push(bookmark);
    bookmarks.sort((a, b) => a.offset - b.offset);
  }

  #at(list: string, version: string): Remembered {
    const known = this.#lists.get(list);
    if (known?.version === version) return known;
    const fresh: Remembered = { version, bookmarks: [] };
    this.#lists.delete(list);
    this.#lists.set(list, fresh);
    const oldest = this.#lists.keys().next();
    if (this.#lists.size > MAX_LISTS && !oldest.done) this.#lists.delete(oldest.value);
    return fresh;
  }
}
