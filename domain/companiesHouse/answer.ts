import type { IsoDate } from '../calendar/dates';
import { isIsoDate } from '../calendar/dates';

const EARLIEST_DATE = '1600-01-01';
const LATEST_DATE = '2200-12-31';
const LONGEST_TEXT = 255;

/**
 * One block of an answer of Companies House, in which every field may be missing or of another type. What is missing reads as
 * undefined; what is there and cannot be used does so as well, and is noted in `odd` by its path, never by its value.
 */
export class Answer {
  private constructor(
    private readonly fields: Readonly<Record<string, unknown>>,
    private readonly path: string,
    readonly odd: string[],
  ) {}

  /** The whole of an answer; undefined where it is no object. */
  static of(body: unknown, path = '', odd: string[] = []): Answer | undefined {
    return isBlock(body) ? new Answer(body, path, odd) : undefined;
  }

  /** Whether nothing is said of a field, which is more than that it cannot be used. */
  lacks(name: string): boolean {
    return this.fields[name] === undefined || this.fields[name] === null;
  }

  text(name: string, longest = LONGEST_TEXT): string | undefined {
    return this.read(name, (value) => (isText(value) && value.length <= longest ? value.trim() || undefined : undefined));
  }

  date(name: string): IsoDate | undefined {
    return this.read(name, (value) =>
      typeof value === 'string' && isIsoDate(value) && value >= EARLIEST_DATE && value <= LATEST_DATE ? value : undefined,
    );
  }

  flag(name: string): boolean | undefined {
    return this.read(name, (value) => (typeof value === 'boolean' ? value : undefined));
  }

  /** A number from `least` to `most`; Companies House writes days and months as text. */
  wholeNumber(name: string, least: number, most: number): number | undefined {
    return this.read(name, (value) => {
      const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
      return typeof number === 'number' && Number.isInteger(number) && number >= least && number <= most ? number : undefined;
    });
  }

  /** The texts of a list. */
  texts(name: string, most: number): string[] | undefined {
    const list = this.list(name, most);
    const texts = list?.filter((item) => isText(item) && item.length <= LONGEST_TEXT);
    if (list && texts && texts.length < list.length) this.note(name);
    return texts?.map(String);
  }

  /** The blocks of a list. */
  blocks(name: string, most: number): Answer[] | undefined {
    return this.list(name, most)?.flatMap((item, index) => {
      const path = `${this.path}${name}[${index}].`;
      const block = Answer.of(item, path, this.odd);
      if (!block) this.odd.push(path.slice(0, -1));
      return block ?? [];
    });
  }

  /** A block within this one, empty where it is missing. */
  block(name: string): Answer {
    const inner = this.read(name, (value) => (isBlock(value) ? value : undefined));
    return new Answer(inner ?? {}, `${this.path}${name}.`, this.odd);
  }

  /** What was there and could not be used. */
  note(name: string): void {
    this.odd.push(this.path + name);
  }

  private list(name: string, most: number): unknown[] | undefined {
    const list: unknown[] | undefined = this.read(name, (value) => (Array.isArray(value) ? value : undefined));
    if (list && list.length > most) this.note(name);
    return list?.slice(0, most);
  }

  private read<T>(name: string, use: (value: unknown) => T | undefined): T | undefined {
    const value = Object.hasOwn(this.fields, name) ? this.fields[name] : undefined;
    if (value === undefined || value === null) return undefined;
    const used = use(value);
    if (used === undefined) this.note(name);
    return used;
  }
}

function isBlock(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What PostgreSQL cannot store is no text: a NUL, half of a surrogate pair. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && !value.includes('\u0000') && value.isWellFormed();
}
