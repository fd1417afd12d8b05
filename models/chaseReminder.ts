import { Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, NonAttribute, Sequelize } from 'sequelize';
import type { IsoDate } from '../domain/calendar/dates';
import { REMINDER_KINDS, REMINDER_RECIPIENTS, REMINDER_STATUSES } from '../domain/chasing/reminderKinds';
import type { ReminderKind, ReminderRecipient, ReminderStatus } from '../domain/chasing/reminderKinds';
import { FILING_KINDS } from '../domain/filings/stages';
import type { FilingKind } from '../domain/filings/stages';
import type { Client } from './client';
import {
  id,
  instant,
  integer,
  oneOf,
  requiredDate,
  requiredInstant,
  requiredInteger,
  requiredOneOf,
  requiredText,
  text,
} from './columns';
import type { Database } from './database';
import type { EmailLog } from './emailLog';

/** One planned chase of a filing and what became of it. */
export class ChaseReminder extends Model<InferAttributes<ChaseReminder>, InferCreationAttributes<ChaseReminder>> {
  declare id: CreationOptional<string>;
  declare filingKind: FilingKind;
  declare filingId: string;
  declare clientId: string;
  declare kind: ReminderKind;
  /** Which deadline a warning is about; empty for the rest. */
  declare deadline: CreationOptional<string>;
  /** Date of London. */
  declare plannedFor: IsoDate;
  declare plannedAt: Date;
  declare recipient: ReminderRecipient;
  /** 1st, 2nd, 3rd … reminder. */
  declare number: number | null;
  declare policyVersion: number;
  declare status: CreationOptional<ReminderStatus>;
  /** Why it was suppressed or failed. */
  declare reason: string | null;
  declare emailId: string | null;
  declare sentAt: Date | null;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;

  declare client?: NonAttribute<Client>;
  declare email?: NonAttribute<EmailLog | null>;

  static define(sequelize: Sequelize): typeof ChaseReminder {
    return class extends ChaseReminder {}.init(
      {
        id: id(),
        filingKind: requiredOneOf(FILING_KINDS),
        filingId: requiredText(),
        clientId: requiredText(),
        kind: requiredOneOf(REMINDER_KINDS),
        deadline: { ...requiredText(), defaultValue: '' },
        plannedFor: requiredDate(),
        plannedAt: requiredInstant(),
        recipient: requiredOneOf(REMINDER_RECIPIENTS),
        number: integer(),
        policyVersion: requiredInteger(),
        status: oneOf(REMINDER_STATUSES),
        reason: text(),
        emailId: text(),
        sentAt: instant(),
        createdAt: instant(),
        updatedAt: instant(),
      },
      { sequelize, modelName: 'ChaseReminder', tableName: 'chase_reminders', underscored: true },
    );
  }

  static associate(db: Database): void {
    db.ChaseReminder.belongsTo(db.Client, { as: 'client', foreignKey: 'clientId' });
    db.ChaseReminder.belongsTo(db.EmailLog, { as: 'email', foreignKey: 'emailId' });
  }
}
