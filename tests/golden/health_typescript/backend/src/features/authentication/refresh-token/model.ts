import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  literal,
  type Sequelize,
} from 'sequelize';
import { Row } from '../../../shared/database/row.ts';

/** A row of `refresh_tokens`. */
export class RefreshToken extends Row<InferAttributes<RefreshToken>, InferCreationAttributes<RefreshToken>> {
  static override readonly entity = 'RefreshToken';
  static override readonly kind = 'internal';
  static override readonly title = 'id';
  static override readonly unreached = true;
  static override readonly secrets = { token_hash: 'token' };

  declare id: CreationOptional<string>;
  declare created_at: CreationOptional<Date>;
  declare updated_at: CreationOptional<Date>;
  declare session_id: string;
  declare token_hash: string;
  declare expires_at: Date;
  declare used_at: CreationOptional<Date | null>;
  declare replaced_by_id: CreationOptional<string | null>;
}

export function defineRefreshToken(sequelize: Sequelize): void {
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
