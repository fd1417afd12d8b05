/** What a form holds; a list for boxes that are ticked. */
type Fields = Record<string, string | readonly string[]>;

/** What a browser without scripts does: keeps cookies, reads pages, sends forms with what they hide. */
export class FormVisitor {
  private readonly cookies = new Map<string, string>();

  constructor(private readonly url: string) {}

  /** The cookies that it was given, as it sends them. */
  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** Opens a page; redirects are told, not followed. */
  async open(
    path: string,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; to: string | null; html: string; headers: Headers }> {
    return await this.answer(path, { headers });
  }

  /** Sends a form that was on a page: with the page's token, unless other fields are given for it. */
  async send(page: string, action: string, fields: Fields, headers: Record<string, string> = {}) {
    const { html } = await this.open(page);
    const token = /name="_csrf" value="([\w-]+)"/.exec(html)?.[1] ?? '';
    return await this.sendBare(action, { _csrf: token, ...fields }, headers);
  }

  /** Sends a form as another site could: without what our pages hide in theirs. */
  async sendBare(action: string, fields: Fields, headers: Record<string, string> = {}) {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) body.append(name, one);
    return await this.answer(action, { method: 'POST', body, headers });
  }

  /** Sends a form with a file and with what the page that it was on hides in it. */
  async sendFile(page: string, action: string, file: Blob, fields: Record<string, string>) {
    const body = new FormData();
    for (const [, name = '', value = ''] of page.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g))
      body.set(name, value);
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    body.set('file', file, 'clients.csv');
    return await this.answer(action, { method: 'POST', body });
  }

  private async answer(path: string, init: RequestInit) {
    const headers = new Headers(init.headers);
    headers.set('cookie', this.cookie);
    const response = await fetch(this.url + path, { ...init, headers, redirect: 'manual' });
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';');
      const at = pair.indexOf('=');
      this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const to = response.headers.get('location');
    return { status: response.status, to, html: await response.text(), headers: response.headers };
  }
}
