import type { Context } from 'hono';
import type { ApiEnv } from '../api/context';

/** What was filled into a form: texts by name, a name possibly several times. */
export class FormFields {
  private constructor(private readonly values: ReadonlyMap<string, (string | File)[]>) {}

  /** Reads the form of a request. */
  static async read(c: Context<ApiEnv>): Promise<FormFields> {
    const body = await c.req.parseBody({ all: true });
    return new FormFields(new Map(Object.entries(body).map(([name, value]) => [name, Array.isArray(value) ? value : [value]])));
  }

  private texts(name: string): string[] {
    return (this.values.get(name) ?? []).filter((value) => typeof value === 'string').map(withPlainLineEnds);
  }

  /** The file that was chosen in a field; undefined where none was. */
  file(name: string): File | undefined {
    const file = this.values.get(name)?.find((value) => value instanceof File);
    // A browser sends a nameless one where nothing was chosen.
    return file && file.name !== '' ? file : undefined;
  }

  /** The text of a field, without blanks around it; empty where there is none. */
  text(name: string): string {
    return this.texts(name)[0]?.trim() ?? '';
  }

  /** The text as it was written: blanks belong to a password. */
  exact(name: string): string {
    return this.texts(name)[0] ?? '';
  }

  /** The text of a field, undefined where nothing was filled in. */
  optional(name: string): string | undefined {
    return this.text(name) || undefined;
  }

  /** Every value of a field that may be chosen several times; undefined where none was. */
  list(name: string): string[] | undefined {
    const chosen = this.texts(name).filter((value) => value !== '');
    return chosen.length > 0 ? chosen : undefined;
  }
}

/** Browsers send a line's end as CR LF, whatever it was in the field. */
function withPlainLineEnds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
