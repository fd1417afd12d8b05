import { Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, NonAttribute, Sequelize } from 'sequelize';
import { API_TOKEN_SCOPES } from '../domain/sessions';
import type { ApiTokenScope } from '../domain/sessions';
import { id, instant, requiredInstant, requiredOneOf, requiredText } from './columns';
import type { Database } from './database';
import type { User } from './user';

/** A token with which a person's program calls the API. */
export class ApiToken extends Model<InferAttributes<ApiToken>, InferCreationAttributes<ApiToken>> {
  declare id: CreationOptional<string>;
  declare userId: string;
  /** What its owner calls it. */
  declare name: string;
  /** Hash of the token; the token itself is stored nowhere. */
  declare tokenHash: string;
  declare scope: ApiTokenScope;
  declare expiresAt: Date;
  declare lastUsedAt: Date | null;
  declare revokedAt: Date | null;
  declare createdAt: CreationOptional<Date>;

  declare user?: NonAttribute<User>;

  static define(sequelize: Sequelize): typeof ApiToken {
    return class extends ApiToken {}.init(
      {
        id: id(),
        userId: requiredText(),
        name: requiredText(),
        tokenHash: requiredText(),
        scope: requiredOneOf(API_TOKEN_SCOPES),
        expiresAt: requiredInstant(),
        lastUsedAt: instant(),
        revokedAt: instant(),
        createdAt: instant(),
      },
      { sequelize, modelName: 'ApiToken', tableName: 'api_tokens', underscored: true, updatedAt: false },
    );
  }

  static associate(db: Database): void {
    db.ApiToken.belongsTo(db.User, { as: 'user', foreignKey: 'userId' });
  }
}
