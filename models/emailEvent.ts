import { Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';
import type { EmailEventType } from '../domain/emails/delivery';
import { instant, requiredInstant, requiredText, text } from './columns';

/** What the provider told of an e-mail after it took it. */
export class EmailEvent extends Model<InferAttributes<EmailEvent>, InferCreationAttributes<EmailEvent>> {
  /** The provider's id of its message. */
  declare id: string;
  declare type: EmailEventType;
  declare providerMessageId: string;
  declare reason: string | null;
  declare occurredAt: Date;
  declare receivedAt: CreationOptional<Date>;

  static define(sequelize: Sequelize): typeof EmailEvent {
    return class extends EmailEvent {}.init(
      {
        id: { ...requiredText(), primaryKey: true },
        type: requiredText(),
        providerMessageId: requiredText(),
        reason: text(),
        occurredAt: requiredInstant(),
        receivedAt: instant(),
      },
      { sequelize, modelName: 'EmailEvent', tableName: 'email_events', underscored: true, timestamps: false },
    );
  }
}
