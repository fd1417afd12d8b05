import { Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, NonAttribute, Sequelize } from 'sequelize';
import { SESSION_KINDS } from '../domain/sessions';
import type { SessionKind } from '../domain/sessions';
import { id, instant, requiredInstant, requiredOneOf, requiredText, text } from './columns';
import type { Database } from './database';
import type { User } from './user';

/** A sign-in that still counts, until it expires or is revoked. */
export class Session extends Model<InferAttributes<Session>, InferCreationAttributes<Session>> {
  declare id: CreationOptional<string>;
  declare userId: string;
  /** Hash of the token; the token itself is stored nowhere. */
  declare tokenHash: string;
  declare kind: SessionKind;
  declare createdAt: CreationOptional<Date>;
  declare lastUsedAt: CreationOptional<Date>;
  declare expiresAt: Date;
  declare revokedAt: Date | null;
  declare ipAddress: string | null;
  declare userAgent: string | null;

  declare user?: NonAttribute<User>;

  static define(sequelize: Sequelize): typeof Session {
    return class extends Session {}.init(
      {
        id: id(),
        userId: requiredText(),
        tokenHash: requiredText(),
        kind: requiredOneOf(SESSION_KINDS),
        createdAt: instant(),
        lastUsedAt: instant(),
        expiresAt: requiredInstant(),
        revokedAt: instant(),
        ipAddress: text(),
        userAgent: text(),
      },
      { sequelize, modelName: 'Session', tableName: 'sessions', underscored: true, updatedAt: false },
    );
  }

  static associate(db: Database): void {
    db.Session.belongsTo(db.User, { as: 'user', foreignKey: 'userId' });
  }
}
