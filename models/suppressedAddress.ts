import { Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, NonAttribute, Sequelize } from 'sequelize';
import { SUPPRESSION_REASONS } from '../domain/emails/delivery';
import type { SuppressionReason } from '../domain/emails/delivery';
import { id, instant, requiredOneOf, requiredText, text } from './columns';
import type { Database } from './database';
import type { EmailLog } from './emailLog';

/** An address that mail came back from, or whose owner complained: nothing more is sent to it. */
export class SuppressedAddress extends Model<InferAttributes<SuppressedAddress>, InferCreationAttributes<SuppressedAddress>> {
  declare id: CreationOptional<string>;
  /** In lower case. */
  declare address: string;
  declare reason: SuppressionReason;
  declare emailId: string | null;
  declare createdAt: CreationOptional<Date>;

  declare email?: NonAttribute<EmailLog | null>;

  static define(sequelize: Sequelize): typeof SuppressedAddress {
    return class extends SuppressedAddress {}.init(
      {
        id: id(),
        address: requiredText(),
        reason: requiredOneOf(SUPPRESSION_REASONS),
        emailId: text(),
        createdAt: instant(),
      },
      {
        sequelize,
        modelName: 'SuppressedAddress',
        tableName: 'suppressed_addresses',
        underscored: true,
        updatedAt: false,
      },
    );
  }

  static associate(db: Database): void {
    db.SuppressedAddress.belongsTo(db.EmailLog, { as: 'email', foreignKey: 'emailId' });
  }
}
