import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  literal,
  type Sequelize,
} from 'sequelize';
import { Row } from '../../../shared/database/row.ts';

/** A row of `audit_entries`. */
export class AuditEntry extends Row<InferAttributes<AuditEntry>, InferCreationAttributes<AuditEntry>> {
  static override readonly entity = 'AuditEntry';
  static override readonly kind = 'log';
  static override readonly title = 'id';

  declare id: CreationOptional<string>;
  declare created_at: CreationOptional<Date>;
  declare updated_at: CreationOptional<Date>;
  declare actor_id: CreationOptional<string | null>;
  declare action: string;
  declare target_model: string;
  declare target_id: string;
  declare target_title: CreationOptional<string | null>;
  declare before: CreationOptional<object | null>;
  declare after: CreationOptional<object | null>;
  declare address: CreationOptional<string | null>;
  declare correlation: string;
}

export function defineAuditEntry(sequelize: Sequelize): void {
  AuditEntry.init(
    {
      id: { type: DataTypes.UUID, primaryKey: true, defaultValue: literal('uuidv7()') },
      created_at: { type: DataTypes.DATE, defaultValue: literal('now()') },
      updated_at: { type: DataTypes.DATE, defaultValue: literal('now()') },
      actor_id: { type: DataTypes.UUID },
      action: { type: DataTypes.TEXT, allowNull: false },
      target_model: { type: DataTypes.TEXT, allowNull: false },
      target_id: { type: DataTypes.UUID, allowNull: false },
      target_title: { type: DataTypes.TEXT },
      before: { type: DataTypes.JSONB },
      after: { type: DataTypes.JSONB },
      address: { type: DataTypes.INET },
      correlation: { type: DataTypes.TEXT, allowNull: false },
    },
    { sequelize, modelName: 'AuditEntry', tableName: 'audit_entries', timestamps: false },
  );
}
