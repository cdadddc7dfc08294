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

/** A row of `audit_entries`. */
export class AuditEntry extends Row<InferAttributes<AuditEntry>, InferCreationAttributes<AuditEntry>> {
  static override readonly entity = 'AuditEntry';
  static override readonly kind = 'log';
  static override readonly title = 'id';
  static override readonly constraints: ConstraintAnswers = {
    audit_entries_actor_id_fkey: { status: 409, field: 'actor', code: 'reference', message: 'This does not exist, or something else still refers to it.' },
    audit_entries_action_check: { status: 422, field: 'action', code: 'range', message: 'This value is out of its range.' },
    audit_entries_target_model_check: { status: 422, field: 'target_model', code: 'range', message: 'This value is out of its range.' },
    audit_entries_target_title_check: { status: 422, field: 'target_title', code: 'range', message: 'This value is out of its range.' },
    audit_entries_correlation_check: { status: 422, field: 'correlation', code: 'range', message: 'This value is out of its range.' },
  };

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
