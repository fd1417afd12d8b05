import { Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, NonAttribute, Sequelize } from 'sequelize';
import { POLICY_KINDS } from '../domain/chasing/policy';
import type { ChasePolicy as Policy, PolicyKind } from '../domain/chasing/policy';
import type { Client } from './client';
import { counter, id, instant, requiredInteger, requiredJson, requiredOneOf, text } from './columns';
import type { Database } from './database';
import type { User } from './user';

/** How a kind of filing is chased: the practice's way, or one client's where it names a client. */
export class ChasePolicy extends Model<InferAttributes<ChasePolicy>, InferCreationAttributes<ChasePolicy>> {
  declare id: CreationOptional<string>;
  declare kind: PolicyKind;
  declare clientId: string | null;
  /** Grows with each change; a filing in flight ignores an older one. */
  declare version: number;
  declare policy: Policy;
  /** The version of which every filing in flight was told. */
  declare rolledOutVersion: CreationOptional<number>;
  declare updatedByUserId: string | null;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;

  declare client?: NonAttribute<Client | null>;
  declare updatedBy?: NonAttribute<User | null>;

  static define(sequelize: Sequelize): typeof ChasePolicy {
    return class extends ChasePolicy {}.init(
      {
        id: id(),
        kind: requiredOneOf(POLICY_KINDS),
        clientId: text(),
        version: requiredInteger(),
        policy: requiredJson(),
        rolledOutVersion: counter(),
        updatedByUserId: text(),
        createdAt: instant(),
        updatedAt: instant(),
      },
      { sequelize, modelName: 'ChasePolicy', tableName: 'chase_policies', underscored: true },
    );
  }

  static associate(db: Database): void {
    db.ChasePolicy.belongsTo(db.Client, { as: 'client', foreignKey: 'clientId' });
    db.ChasePolicy.belongsTo(db.User, { as: 'updatedBy', foreignKey: 'updatedByUserId' });
  }
}
