import { Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, NonAttribute, Sequelize } from 'sequelize';
import { id, instant, requiredText } from './columns';
import type { Database } from './database';
import type { User } from './user';

/** A list under filters that a person has kept by a name. */
export class SavedView extends Model<InferAttributes<SavedView>, InferCreationAttributes<SavedView>> {
  declare id: CreationOptional<string>;
  declare userId: string;
  /** Which list: the path of its page. */
  declare page: string;
  declare name: string;
  /** What stands behind the ? of the address. */
  declare query: string;
  declare createdAt: CreationOptional<Date>;

  declare user?: NonAttribute<User>;

  static define(sequelize: Sequelize): typeof SavedView {
    return class extends SavedView {}.init(
      {
        id: id(),
        userId: requiredText(),
        page: requiredText(),
        name: requiredText(),
        query: requiredText(),
        createdAt: instant(),
      },
      { sequelize, modelName: 'SavedView', tableName: 'saved_views', underscored: true, updatedAt: false },
    );
  }

  static associate(db: Database): void {
    db.SavedView.belongsTo(db.User, { as: 'user', foreignKey: 'userId' });
  }
}
