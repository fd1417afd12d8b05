import type { Logger } from '../settings/logger';
import type { SignedInUser } from '../services/sessions/readSession';

/** A page that reads several things for one request of a browser: that request is logged, and its answer made safe for it. */
export interface ReadingPage {
  /** Who asks: read for the first thing, and known for the others. */
  person?: Promise<SignedInUser | undefined>;
}

/** What middleware puts into a request's context. */
export interface ApiEnv {
  Bindings: {
    /** Set where one of our pages asks. */
    page?: ReadingPage;
  };
  Variables: {
    requestId: string;
    logger: Logger;
    /** Set behind `requireUser` only. */
    user: SignedInUser;
  };
}
