import { DataTypes, literal } from 'sequelize';
import { Row } from '../../../shared/database/row.js';

/** A row of `refresh_tokens`. */
export class RefreshToken extends Row {
  static entity = 'RefreshToken';
  static kind = 'internal';
  static title = 'id';
  static unreached = true;
  static secrets = { token_hash: 'token' };
}

export function defineRefreshToken(sequelize) {
  RefreshToken.init(
    {
      id: { type: DataTypes.UUID, primaryKey: true, defaultValue: literal('uuidv7()') },
      created_at: { type: DataTypes.DATE, defaultValue: literal('now()') },
      updated_at: { type: DataTypes.DATE, defaultValue: literal('now()') },
      session_id: { type: DataTypes.UUID, allowNull: false },
      token_hash: { type: DataTypes.TEXT, allowNull: false },
      expires_at: { type: DataTypes.DATE, allowNull: false },
      used_at: { type: DataTypes.DATE },
      replaced_by_id: { type: DataTypes.UUID },
    },
    { sequelize, modelName: 'RefreshToken', tableName: 'refresh_tokens', timestamps: false },
  );
}
