import { Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, NonAttribute, Sequelize } from 'sequelize';
import { PASSWORD_LINK_PURPOSES } from '../domain/sessions';
import type { PasswordLinkPurpose } from '../domain/sessions';
import { id, instant, requiredInstant, requiredOneOf, requiredText } from './columns';
import type { Database } from './database';
import type { User } from './user';

/** A mailed link by which a person sets a password, once. */
export class PasswordLink extends Model<InferAttributes<PasswordLink>, InferCreationAttributes<PasswordLink>> {
  declare id: CreationOptional<string>;
  declare userId: string;
  declare purpose: PasswordLinkPurpose;
  declare expiresAt: Date;
  declare usedAt: Date | null;
  declare createdAt: CreationOptional<Date>;

  declare user?: NonAttribute<User>;

  static define(sequelize: Sequelize): typeof PasswordLink {
    return class extends PasswordLink {}.init(
      {
        id: id(),
        userId: requiredText(),
        purpose: requiredOneOf(PASSWORD_LINK_PURPOSES),
        expiresAt: requiredInstant(),
        usedAt: instant(),
        createdAt: instant(),
      },
      { sequelize, modelName: 'PasswordLink', tableName: 'password_links', underscored: true, updatedAt: false },
    );
  }

  static associate(db: Database): void {
    db.PasswordLink.belongsTo(db.User, { as: 'user', foreignKey: 'userId' });
  }
}
