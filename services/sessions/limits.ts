import type { Pool } from 'pg';
import { Limit } from '../limits/limit';

const MINUTES = 60;

/** How often signing in and what belongs to it may be tried. */
export function signInLimits(db: Pool) {
  return {
    /** Of an account from one address: whoever guesses from elsewhere does not keep the owner out. */
    accountFromAddress: new Limit(db, 'sign-in', 10, 5 * MINUTES),
    /** Wrong tries from one address over all accounts. */
    address: new Limit(db, 'sign-in-address', 100, 5 * MINUTES),
    /** Wrong codes of a second factor, by person: whoever knows the password does not guess on with one sign-in after another. */
    secondFactor: new Limit(db, 'second-factor', 20, 60 * MINUTES),
    /** Wrong answers to the question for one's own password, by person: a session left open does not tell it. */
    ownPassword: new Limit(db, 'own-password', 10, 5 * MINUTES),
    /** Mails with a one-time code, by person. */
    codeMails: new Limit(db, 'code-mail', 5, 60 * MINUTES),
    /** Mails with a link to reset a password, by account. */
    resetMails: new Limit(db, 'reset-mail', 3, 60 * MINUTES),
  };
}

export type SignInLimits = ReturnType<typeof signInLimits>;
