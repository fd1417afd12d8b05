import type { Logger } from '../settings/logger';
import type { SignedInUser } from '../services/sessions/readSession';

/** What middleware puts into a request's context. */
export interface ApiEnv {
  Variables: {
    requestId: string;
    logger: Logger;
    /** Set behind `requireUser` only. */
    user: SignedInUser;
  };
}
