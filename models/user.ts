import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, NonAttribute, Sequelize } from 'sequelize';
import { NOTIFICATION_EMAILS } from '../domain/notifications/emailChoice';
import type { NotificationEmails } from '../domain/notifications/emailChoice';
import { TWO_FACTOR_METHODS, USER_ROLES } from '../domain/people';
import type { TwoFactorMethod, UserRole } from '../domain/people';
import type { ActivityLog } from './activityLog';
import type { Client } from './client';
import { counter, id, instant, off, on, oneOf, requiredOneOf, requiredText, text } from './columns';
import type { Communication } from './communication';
import type { Database } from './database';
import type { EmailLog } from './emailLog';
import type { LtdAccountsWorkflow } from './ltdAccountsWorkflow';
import type { Notification } from './notification';
import type { Session } from './session';
import type { VATQuarter } from './vatQuarter';

/** A person of the practice, and SYSTEM, which nobody signs in as. */
export class User extends Model<InferAttributes<User>, InferCreationAttributes<User>> {
  declare id: CreationOptional<string>;
  /** Lower case. */
  declare email: string;
  /** Full name. */
  declare name: string;
  /** Hash, never the password. */
  declare password: string;
  declare role: UserRole;
  /** Whether the person may sign in. */
  declare isActive: CreationOptional<boolean>;
  /** The author of what timers do; hidden from lists and counts. */
  declare isSystem: CreationOptional<boolean>;
  declare lastLoginAt: Date | null;
  /** Hash of the one-time code that was mailed last. */
  declare otpCode: string | null;
  declare otpExpiresAt: Date | null;
  /** Wrong tries since the code was made. */
  declare otpAttempts: CreationOptional<number>;
  declare lastOtpSentAt: Date | null;
  declare isOtpVerified: CreationOptional<boolean>;
  /** Null where a password is enough. */
  declare twoFactorMethod: TwoFactorMethod | null;
  /** Hash of the sign-in to which the one-time code belongs. */
  declare otpChallengeHash: string | null;
  /** Of the authenticator app; encrypted. */
  declare authenticatorSecret: string | null;
  /** Of an app that is being set up; encrypted. */
  declare pendingAuthenticatorSecret: string | null;
  /** The last half minute whose code was used. */
  declare authenticatorLastStep: string | null;
  /** Whether what the person is told on screen is mailed too. */
  declare notificationEmails: CreationOptional<NotificationEmails>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;

  declare assignedClients?: NonAttribute<Client[]>;
  declare ltdAssignedClients?: NonAttribute<Client[]>;
  declare nonLtdAssignedClients?: NonAttribute<Client[]>;
  declare vatAssignedClients?: NonAttribute<Client[]>;
  // The same under the names that data-models.md gives them in the model.
  declare ltdCompanyAssignedClients?: NonAttribute<Client[]>;
  declare nonLtdCompanyAssignedClients?: NonAttribute<Client[]>;
  declare assignedVATQuarters?: NonAttribute<VATQuarter[]>;
  declare assignedLtdWorkflows?: NonAttribute<LtdAccountsWorkflow[]>;
  declare activityLogs?: NonAttribute<ActivityLog[]>;
  declare sentCommunications?: NonAttribute<Communication[]>;
  declare triggeredEmailLogs?: NonAttribute<EmailLog[]>;
  declare notifications?: NonAttribute<Notification[]>;
  declare sessions?: NonAttribute<Session[]>;

  static define(sequelize: Sequelize): typeof User {
    return class extends User {}.init(
      {
        id: id(),
        email: requiredText(),
        name: requiredText(),
        password: requiredText(),
        role: requiredOneOf(USER_ROLES),
        isActive: on(),
        isSystem: off(),
        lastLoginAt: instant(),
        otpCode: text(),
        otpExpiresAt: instant(),
        otpAttempts: counter(),
        lastOtpSentAt: instant(),
        isOtpVerified: off(),
        twoFactorMethod: oneOf(TWO_FACTOR_METHODS),
        otpChallengeHash: text(),
        authenticatorSecret: text(),
        pendingAuthenticatorSecret: text(),
        authenticatorLastStep: { type: DataTypes.BIGINT },
        notificationEmails: oneOf(NOTIFICATION_EMAILS),
        createdAt: instant(),
        updatedAt: instant(),
      },
      { sequelize, modelName: 'User', tableName: 'users', underscored: true },
    );
  }

  static associate(db: Database): void {
    db.User.hasMany(db.Client, { as: 'assignedClients', foreignKey: 'assignedUserId' });
    db.User.hasMany(db.Client, { as: 'ltdAssignedClients', foreignKey: 'ltdCompanyAssignedUserId' });
    db.User.hasMany(db.Client, { as: 'nonLtdAssignedClients', foreignKey: 'nonLtdCompanyAssignedUserId' });
    db.User.hasMany(db.Client, { as: 'ltdCompanyAssignedClients', foreignKey: 'ltdCompanyAssignedUserId' });
    db.User.hasMany(db.Client, { as: 'nonLtdCompanyAssignedClients', foreignKey: 'nonLtdCompanyAssignedUserId' });
    db.User.hasMany(db.Client, { as: 'vatAssignedClients', foreignKey: 'vatAssignedUserId' });
    db.User.hasMany(db.VATQuarter, { as: 'assignedVATQuarters', foreignKey: 'assignedUserId' });
    db.User.hasMany(db.LtdAccountsWorkflow, { as: 'assignedLtdWorkflows', foreignKey: 'assignedUserId' });
    db.User.hasMany(db.ActivityLog, { as: 'activityLogs', foreignKey: 'userId' });
    db.User.hasMany(db.Communication, { as: 'sentCommunications', foreignKey: 'sentByUserId' });
    db.User.hasMany(db.EmailLog, { as: 'triggeredEmailLogs', foreignKey: 'triggeredBy' });
    db.User.hasMany(db.Notification, { as: 'notifications', foreignKey: 'userId' });
    db.User.hasMany(db.Session, { as: 'sessions', foreignKey: 'userId' });
  }
}
