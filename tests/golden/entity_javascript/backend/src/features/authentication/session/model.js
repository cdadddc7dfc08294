import { DataTypes, literal } from 'sequelize';
import { Row } from '../../../shared/database/row.js';

/** A row of `sessions`. */
export class Session extends Row {
  static entity = 'Session';
  static kind = 'internal';
  static title = 'id';
  static unreached = true;
}

export function defineSession(sequelize) {
  Session.init(
    {
      id: { type: DataTypes.UUID, primaryKey: true, defaultValue: literal('uuidv7()') },
      created_at: { type: DataTypes.DATE, defaultValue: literal('now()') },
      updated_at: { type: DataTypes.DATE, defaultValue: literal('now()') },
      user_id: { type: DataTypes.UUID, allowNull: false },
      device: { type: DataTypes.TEXT },
      address: { type: DataTypes.INET },
      last_used_at: { type: DataTypes.DATE, allowNull: false },
      expires_at: { type: DataTypes.DATE, allowNull: false },
      ended_at: { type: DataTypes.DATE },
    },
    { sequelize, modelName: 'Session', tableName: 'sessions', timestamps: false },
  );
}
