import { Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, NonAttribute, Sequelize } from 'sequelize';
import { id, instant, requiredInteger, requiredText, text } from './columns';
import type { Database } from './database';
import type { User } from './user';

/** One version of the practice's wording of an e-mail; the highest is in force. */
export class EmailTemplateVersion extends Model<
  InferAttributes<EmailTemplateVersion>,
  InferCreationAttributes<EmailTemplateVersion>
> {
  declare id: CreationOptional<string>;
  declare template: string;
  declare version: number;
  /** Null, as the body: back to the wording that comes with the application. */
  declare subject: string | null;
  declare body: string | null;
  declare changedByUserId: string | null;
  declare createdAt: CreationOptional<Date>;

  declare changedBy?: NonAttribute<User | null>;

  static define(sequelize: Sequelize): typeof EmailTemplateVersion {
    return class extends EmailTemplateVersion {}.init(
      {
        id: id(),
        template: requiredText(),
        version: requiredInteger(),
        subject: text(),
        body: text(),
        changedByUserId: text(),
        createdAt: instant(),
      },
      {
        sequelize,
        modelName: 'EmailTemplateVersion',
        tableName: 'email_template_versions',
        underscored: true,
        updatedAt: false,
      },
    );
  }

  static associate(db: Database): void {
    db.EmailTemplateVersion.belongsTo(db.User, { as: 'changedBy', foreignKey: 'changedByUserId' });
  }
}
