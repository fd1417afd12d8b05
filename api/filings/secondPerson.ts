import type { StageTransition } from '../../domain/filings/messages';
import type { ApiDependencies } from '../dependencies';

/** What a move says of the practice's setting, so that its workflow decides by it; nothing where one person is enough. */
export function secondPerson({ settings }: ApiDependencies): Pick<StageTransition, 'needsSecondPerson'> {
  return settings.TWO_PERSON_REVIEW ? { needsSecondPerson: true } : {};
}
