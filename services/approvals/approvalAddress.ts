import { signedToken } from '../links/signedToken';

/** Where a client answers; the token follows. */
export const APPROVAL_PATH = '/approve';

const PLACEHOLDER = /\{\{approval:(\w+)\}\}/g;

/** The address of a sending's page as it may be stored: with a placeholder in place of the token. */
export function storableApprovalUrl(publicUrl: string, linkId: string): string {
  return `${publicUrl.replace(/\/+$/, '')}${APPROVAL_PATH}/{{approval:${linkId}}}`;
}

/** A stored text as the client gets it. */
export function withApprovalTokens(text: string, appSecret: string): string {
  return text.replace(PLACEHOLDER, (_, linkId: string) => signedToken('approval link', linkId, appSecret));
}
