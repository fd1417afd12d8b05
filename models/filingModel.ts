import { Model } from 'sequelize';
import type { CreationOptional, ModelAttributeColumnOptions } from 'sequelize';
import type { IsoDate } from '../domain/calendar/dates';
import { WAITING_FOR } from '../domain/filings/stages';
import type { WaitingFor } from '../domain/filings/stages';
import type { FilingState } from '../domain/filings/state';
import { calendarDate, counter, instant, json, off, oneOf, requiredDate, requiredText, text } from './columns';

/** What the row of every kind of filing holds for the workflow that decides over it. */
export abstract class FilingModel<Attributes extends object, Creation extends object> extends Model<Attributes, Creation> {
  declare id: CreationOptional<string>;
  declare clientId: string;
  declare isCompleted: CreationOptional<boolean>;
  declare assignedUserId: string | null;
  /** The earliest deadline that is not yet met. */
  declare filingDueDate: IsoDate;

  /** Stored with the row and never computed again. */
  declare workflowId: string;
  declare runId: string | null;
  /** The run whose history is kept, once the filing has ended. */
  declare exportedRunId: string | null;
  /** The workflow's time of the last recorded decision. */
  declare decidedAt: Date | null;
  /** Counts recorded changes of the row. */
  declare revision: CreationOptional<number>;
  /** Counts history rows. */
  declare sequence: CreationOptional<number>;
  declare decisionKey: string | null;
  /** The workflow's state as it was committed last. */
  declare workflowState: FilingState | null;
  declare stageEnteredAt: CreationOptional<Date>;
  /** An assignee chosen for this filing; it does not follow the client's assignment. */
  declare isAssignedByHand: CreationOptional<boolean>;
  declare isCancelled: CreationOptional<boolean>;
  declare cancelledDate: Date | null;
  declare cancelledByUserId: string | null;
  declare cancelledByUserName: string | null;
  declare cancelReason: string | null;
  declare isChasingPaused: CreationOptional<boolean>;
  /** Exclusive; without it the pause lasts until it is ended. */
  declare chasingPausedUntil: IsoDate | null;
  declare nextReminderAt: Date | null;
  declare remindersSent: CreationOptional<number>;
  declare waitingFor: CreationOptional<WaitingFor>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
}

export const filingColumns = () =>
  ({
    clientId: requiredText(),
    isCompleted: off(),
    assignedUserId: text(),
    filingDueDate: requiredDate(),
    workflowId: requiredText(),
    runId: text(),
    exportedRunId: text(),
    decidedAt: instant(),
    revision: counter(),
    sequence: counter(),
    decisionKey: text(),
    workflowState: json(),
    stageEnteredAt: instant(),
    isAssignedByHand: off(),
    isCancelled: off(),
    cancelledDate: instant(),
    cancelledByUserId: text(),
    cancelledByUserName: text(),
    cancelReason: text(),
    isChasingPaused: off(),
    chasingPausedUntil: calendarDate(),
    nextReminderAt: instant(),
    remindersSent: counter(),
    waitingFor: oneOf(WAITING_FOR),
    createdAt: instant(),
    updatedAt: instant(),
  }) satisfies Record<string, ModelAttributeColumnOptions>;
