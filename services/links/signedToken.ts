import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a link's token is for: one of another purpose does not count. */
export type LinkPurpose = 'password link' | 'approval link' | 'calendar link';

/** The token of a link: its id, and an HMAC of purpose and id with the application's secret (256 bits). It is stored nowhere. */
export function signedToken(purpose: LinkPurpose, id: string, appSecret: string): string {
  return `${id}.${signature(purpose, id, appSecret)}`;
}

/** The id that a token was made for; undefined for one that was not made by `signedToken` for this purpose. */
export function idOfToken(purpose: LinkPurpose, token: string, appSecret: string): string | undefined {
  const [id = '', given = '', ...more] = token.split('.');
  const expected = Buffer.from(signature(purpose, id, appSecret));
  const actual = Buffer.from(given);
  return more.length === 0 && actual.length === expected.length && timingSafeEqual(actual, expected) ? id : undefined;
}

function signature(purpose: LinkPurpose, id: string, appSecret: string): string {
  return createHmac('sha256', appSecret).update(`${purpose}:${id}`).digest('base64url');
}
