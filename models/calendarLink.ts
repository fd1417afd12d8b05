import { Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, NonAttribute, Sequelize } from 'sequelize';
import { id, instant, requiredInstant, requiredText } from './columns';
import type { Database } from './database';
import type { User } from './user';

/** A secret link by which a person's calendar reads their deadlines; each has one at most that counts. */
export class CalendarLink extends Model<InferAttributes<CalendarLink>, InferCreationAttributes<CalendarLink>> {
  declare id: CreationOptional<string>;
  declare userId: string;
  declare expiresAt: Date;
  declare revokedAt: Date | null;
  declare lastReadAt: Date | null;
  declare createdAt: CreationOptional<Date>;

  declare user?: NonAttribute<User>;

  static define(sequelize: Sequelize): typeof CalendarLink {
    return class extends CalendarLink {}.init(
      {
        id: id(),
        userId: requiredText(),
        expiresAt: requiredInstant(),
        revokedAt: instant(),
        lastReadAt: instant(),
        createdAt: instant(),
      },
      { sequelize, modelName: 'CalendarLink', tableName: 'calendar_links', underscored: true, updatedAt: false },
    );
  }

  static associate(db: Database): void {
    db.CalendarLink.belongsTo(db.User, { as: 'user', foreignKey: 'userId' });
  }
}
