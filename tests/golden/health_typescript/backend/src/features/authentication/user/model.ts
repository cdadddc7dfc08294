import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  literal,
  type Sequelize,
} from 'sequelize';
import type { ConstraintAnswers } from '../../../shared/constraints.ts';
import { Row } from '../../../shared/database/row.ts';

/** A row of `users`. */
export class User extends Row<InferAttributes<User>, InferCreationAttributes<User>> {
  static override readonly entity = 'User';
  static override readonly kind = 'resource';
  static override readonly title = 'name';
  static override readonly soft = true;
  static override readonly secrets = { password_hash: 'password' };
  static override readonly constraints: ConstraintAnswers = {
    users_email_key: { status: 409, field: 'email', code: 'unique', message: 'Email is in use already.' },
    users_email_check: { status: 422, field: 'email', code: 'range', message: 'This value is out of its range.' },
    users_name_check: { status: 422, field: 'name', code: 'range', message: 'This value is out of its range.' },
  };

  declare id: CreationOptional<string>;
  declare created_at: CreationOptional<Date>;
  declare updated_at: CreationOptional<Date>;
  declare row_version: CreationOptional<number>;
  declare deleted_at: CreationOptional<Date | null>;
  declare email: string;
  declare name: string;
  declare password_hash: CreationOptional<string | null>;
  declare active: CreationOptional<boolean>;
  declare last_login_at: CreationOptional<Date | null>;
  declare role_names: CreationOptional<object>;
}

export function defineUser(sequelize: Sequelize): void {
  User.init(
    {
      id: { type: DataTypes.UUID, primaryKey: true, defaultValue: literal('uuidv7()') },
      created_at: { type: DataTypes.DATE, defaultValue: literal('now()') },
      updated_at: { type: DataTypes.DATE, defaultValue: literal('now()') },
      row_version: { type: DataTypes.INTEGER, defaultValue: 1 },
      deleted_at: { type: DataTypes.DATE },
      email: { type: DataTypes.TEXT, allowNull: false },
      name: { type: DataTypes.TEXT, allowNull: false },
      password_hash: { type: DataTypes.TEXT },
      active: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: true },
      last_login_at: { type: DataTypes.DATE },
      role_names: { type: DataTypes.JSONB, allowNull: false, defaultValue: [] },
    },
    { sequelize, modelName: 'User', tableName: 'users', timestamps: false },
  );
}
