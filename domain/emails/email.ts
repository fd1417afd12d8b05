/** An e-mail as it goes out, in both forms. */
export interface RenderedEmail {
  subject: string;
  text: string;
  html: string;
}

/** Whose e-mails they are: what stands in their headers and at their foot. */
export interface PracticeIdentity {
  name: string;
  /** Postal address on one line; null where none is set. */
  address: string | null;
  fromEmail: string;
  /** Where answers go; null where they go to the sender. */
  replyTo: string | null;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Makes text from outside (names of people and companies) harmless in HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** What would end a line, or hide in one. */
export const CONTROL_CHARACTERS = /[\p{Cc}\u2028\u2029]+/gu;

/** Makes text from outside harmless in a header: on one line, without control characters. */
export function headerText(text: string): string {
  return text.replace(CONTROL_CHARACTERS, ' ').trim();
}

/** The From header: the name is quoted, so that commas and angle brackets in it are no further addresses. */
export function fromHeader(name: string, email: string): string {
  const plain = headerText(name);
  return /^[\w .&-]*$/.test(plain) ? `${plain} <${email}>` : `"${plain.replace(/["\\]/g, '\\$&')}" <${email}>`;
}
