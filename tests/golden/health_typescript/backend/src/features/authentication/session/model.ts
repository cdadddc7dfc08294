import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  literal,
  type Sequelize,
} from 'sequelize';
import { Row } from '../../../shared/database/row.ts';

/** A row of `sessions`. */
export class Session extends Row<InferAttributes<Session>, InferCreationAttributes<Session>> {
  static override readonly entity = 'Session';
  static override readonly kind = 'internal';
  static override readonly title = 'id';
  static override readonly unreached = true;

  declare id: CreationOptional<string>;
  declare created_at: CreationOptional<Date>;
  declare updated_at: CreationOptional<Date>;
  declare user_id: string;
  declare device: CreationOptional<string | null>;
  declare address: CreationOptional<string | null>;
  declare last_used_at: Date;
  declare expires_at: Date;
  declare ended_at: CreationOptional<Date | null>;
}

export function defineSession(sequelize: Sequelize): void {
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
