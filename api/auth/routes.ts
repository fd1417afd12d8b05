import type { SignInLimits } from '../../services/sessions/limits';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { apiTokenRoutes } from './apiTokenRoutes';
import { passwordRoutes } from './passwordRoutes';
import { sessionRoutes } from './sessionRoutes';
import { signInRoutes } from './signInRoutes';
import { twoFactorRoutes } from './twoFactorRoutes';

/** Signing in and out, and one's own account. */
export function authRoutes(api: Api, deps: ApiDependencies, limits: SignInLimits): void {
  signInRoutes(api, deps, limits);
  sessionRoutes(api, deps);
  passwordRoutes(api, deps, limits);
  twoFactorRoutes(api, deps, limits);
  apiTokenRoutes(api, deps);
}
