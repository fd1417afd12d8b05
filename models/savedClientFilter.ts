import { Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, NonAttribute, Sequelize } from 'sequelize';
import type { AdvancedFilter } from '../domain/clients/advancedFilter';
import { id, instant, off, requiredJson, requiredText } from './columns';
import type { Database } from './database';
import type { User } from './user';

/** An AdvancedFilter that somebody keeps, for themselves or for the practice. */
export class SavedClientFilter extends Model<InferAttributes<SavedClientFilter>, InferCreationAttributes<SavedClientFilter>> {
  declare id: CreationOptional<string>;
  /** Whose it is. */
  declare userId: string;
  declare name: string;
  declare filter: Pick<AdvancedFilter, 'groups' | 'groupOperator'>;
  /** Whether everybody of the practice sees it. */
  declare isShared: CreationOptional<boolean>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;

  declare user?: NonAttribute<User>;

  static define(sequelize: Sequelize): typeof SavedClientFilter {
    return class extends SavedClientFilter {}.init(
      {
        id: id(),
        userId: requiredText(),
        name: requiredText(),
        filter: requiredJson(),
        isShared: off(),
        createdAt: instant(),
        updatedAt: instant(),
      },
      { sequelize, modelName: 'SavedClientFilter', tableName: 'client_filters', underscored: true },
    );
  }

  static associate(db: Database): void {
    db.SavedClientFilter.belongsTo(db.User, { as: 'user', foreignKey: 'userId' });
  }
}
