import type { ClientAssignment } from './assignments';

/** A person gained or lost a piece of work. */
export interface AssignmentChange {
  /** What it is, as people know it: "NZ-12 Acme Ltd". */
  subject: string;
  work: ClientAssignment | 'chaseTeam' | 'filing';
  fromUserId: string | null;
  toUserId: string | null;
}

/** What one person is told of all that changed for them at once. */
export interface AssignmentNotice {
  userId: string;
  title: string;
  lines: string[];
}

const WORK: Record<AssignmentChange['work'], string> = {
  general: 'in general',
  ltd: 'Ltd accounts',
  nonLtd: 'non-Ltd work',
  vat: 'VAT',
  chaseTeam: 'chase team',
  filing: 'this filing',
};

/** One notice for each person whom changes concern; who made them need not be told. */
export function assignmentNotices(changes: readonly AssignmentChange[], byUserId: string): AssignmentNotice[] {
  const people = new Set(changes.flatMap(({ fromUserId, toUserId }) => [fromUserId, toUserId]));
  return [...people].flatMap((userId) => {
    if (userId === null || userId === byUserId) return [];
    const gained = changes.filter((change) => change.toUserId === userId);
    const lost = changes.filter((change) => change.fromUserId === userId);
    return [{ userId, title: titleOf(gained, lost), lines: [...gained.map(gainedLine), ...lost.map(lostLine)] }];
  });
}

function titleOf(gained: readonly AssignmentChange[], lost: readonly AssignmentChange[]): string {
  const assigned = `${counted(gained)} assigned to you`;
  const gone = `${counted(lost)} no longer assigned to you`;
  if (lost.length === 0) return assigned;
  return gained.length === 0 ? gone : `${assigned}, ${gone}`;
}

function counted(changes: readonly AssignmentChange[]): string {
  const [filings, clients] = [subjects(changes, true), subjects(changes, false)];
  const nouns = [...several(clients, 'client'), ...several(filings, 'filing')];
  return `${nouns.join(' and ')} ${clients + filings === 1 ? 'is' : 'are'}`;
}

function subjects(changes: readonly AssignmentChange[], areFilings: boolean): number {
  return new Set(changes.filter(({ work }) => (work === 'filing') === areFilings).map(({ subject }) => subject)).size;
}

/** "2 clients"; nothing for none. */
function several(count: number, noun: string): string[] {
  return count === 0 ? [] : [`${count} ${noun}${count === 1 ? '' : 's'}`];
}

function gainedLine({ subject, work }: AssignmentChange): string {
  return work === 'filing' ? subject : `${subject}: ${WORK[work]}`;
}

function lostLine(change: AssignmentChange): string {
  return `${gainedLine(change)}, no longer`;
}

/** So many lines at most, and how many more there are. */
export function firstLines(lines: readonly string[], most: number): string[] {
  const more = lines.length - most;
  return more > 0 ? [...lines.slice(0, most), `and ${more} more`] : [...lines];
}
