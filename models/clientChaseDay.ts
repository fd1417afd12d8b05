import { DataTypes, Model } from 'sequelize';
import type { InferAttributes, InferCreationAttributes, NonAttribute, Sequelize } from 'sequelize';
import type { IsoDate } from '../domain/calendar/dates';
import type { Client } from './client';
import { text } from './columns';
import type { Database } from './database';
import type { EmailLog } from './emailLog';

/** The claim to the one reminder e-mail that a client gets on a day of London. */
export class ClientChaseDay extends Model<InferAttributes<ClientChaseDay>, InferCreationAttributes<ClientChaseDay>> {
  declare clientId: string;
  declare date: IsoDate;
  declare emailId: string | null;

  declare client?: NonAttribute<Client>;
  declare email?: NonAttribute<EmailLog | null>;

  static define(sequelize: Sequelize): typeof ClientChaseDay {
    return class extends ClientChaseDay {}.init(
      {
        clientId: { type: DataTypes.TEXT, primaryKey: true },
        date: { type: DataTypes.DATEONLY, primaryKey: true },
        emailId: text(),
      },
      { sequelize, modelName: 'ClientChaseDay', tableName: 'client_chase_days', underscored: true, timestamps: false },
    );
  }

  static associate(db: Database): void {
    db.ClientChaseDay.belongsTo(db.Client, { as: 'client', foreignKey: 'clientId' });
    db.ClientChaseDay.belongsTo(db.EmailLog, { as: 'email', foreignKey: 'emailId' });
  }
}
