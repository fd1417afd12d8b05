import { Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, NonAttribute, Sequelize } from 'sequelize';
import { FILING_KINDS } from '../domain/filings/stages';
import type { FilingKind } from '../domain/filings/stages';
import type { Client } from './client';
import { id, instant, off, oneOf, requiredText, text } from './columns';
import type { Database } from './database';
import type { User } from './user';

/** Something a person of the practice is told on screen. */
export class Notification extends Model<InferAttributes<Notification>, InferCreationAttributes<Notification>> {
  declare id: CreationOptional<string>;
  declare userId: string;
  declare type: string;
  declare title: string;
  declare message: string;
  declare clientId: string | null;
  declare filingKind: FilingKind | null;
  declare filingId: string | null;
  declare isRead: CreationOptional<boolean>;
  declare readAt: Date | null;
  /** The same thing is told once. */
  declare dedupeKey: string | null;
  declare createdAt: CreationOptional<Date>;

  declare user?: NonAttribute<User>;
  declare client?: NonAttribute<Client | null>;

  static define(sequelize: Sequelize): typeof Notification {
    return class extends Notification {}.init(
      {
        id: id(),
        userId: requiredText(),
        type: requiredText(),
        title: requiredText(),
        message: requiredText(),
        clientId: text(),
        filingKind: oneOf(FILING_KINDS),
        filingId: text(),
        isRead: off(),
        readAt: instant(),
        dedupeKey: text(),
        createdAt: instant(),
      },
      { sequelize, modelName: 'Notification', tableName: 'notifications', underscored: true, updatedAt: false },
    );
  }

  static associate(db: Database): void {
    db.Notification.belongsTo(db.User, { as: 'user', foreignKey: 'userId' });
    db.Notification.belongsTo(db.Client, { as: 'client', foreignKey: 'clientId' });
  }
}
