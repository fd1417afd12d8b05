/** An e-mail as it goes out, in both forms. */
export interface RenderedEmail {
  subject: string;
  text: string;
  html: string;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Makes text from outside (names of people and companies) harmless in HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** Makes text from outside harmless in a header: on one line, without control characters. */
export function headerText(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim();
}

/** Wraps paragraphs, already escaped, into a plain HTML document that every mail program shows. */
export function htmlDocument(paragraphs: readonly string[]): string {
  const body = paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('\n');
  return `<!doctype html>\n<html lang="en-GB"><body style="font-family: sans-serif; line-height: 1.5">\n${body}\n</body></html>\n`;
}
