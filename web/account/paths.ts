/** The page of one's own account, which its forms come back to. */
export const PROFILE_PATH = '/profile';
