import { DataTypes, literal } from 'sequelize';
import { Row } from '../../../shared/database/row.js';

/** A row of `users`. */
export class User extends Row {
  static entity = 'User';
  static kind = 'resource';
  static title = 'name';
  static soft = true;
  static secrets = { password_hash: 'password' };
  static constraints = {
    users_email_key: { status: 409, field: 'email', code: 'unique', message: 'Email is in use already.' },
    users_email_check: { status: 422, field: 'email', code: 'range', message: 'This value is out of its range.' },
    users_name_check: { status: 422, field: 'name', code: 'range', message: 'This value is out of its range.' },
  };
}

export function defineUser(sequelize) {
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
