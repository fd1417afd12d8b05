import type { Pool } from 'pg';
import type { CommunicationClaim, CommunicationTimer } from '../domain/communications/communication';
import { claimCommunication, readTimer } from '../models/communications/schedule';

/** What the workflow of a scheduled e-mail asks of the world. Every one is safe to repeat. */
export interface CommunicationActivities {
  readCommunicationTimer(communicationId: string): Promise<CommunicationTimer>;
  /** `now` is workflow time, epoch ms. */
  claimCommunication(communicationId: string, now: number): Promise<CommunicationClaim>;
}

export function createCommunicationActivities(db: Pool): CommunicationActivities {
  return {
    readCommunicationTimer: (communicationId) => readTimer(db, communicationId),
    claimCommunication: (communicationId, now) => claimCommunication(db, communicationId, now),
  };
}
