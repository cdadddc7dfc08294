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

/** A row of `permissions`. */
export class Permission extends Row<InferAttributes<Permission>, InferCreationAttributes<Permission>> {
  static override readonly entity = 'Permission';
  static override readonly kind = 'internal';
  static override readonly title = 'title';
  static override readonly constraints: ConstraintAnswers = {
    permissions_key_key: { status: 409, field: 'key', code: 'unique', message: 'Key is in use already.' },
    permissions_key_check: { status: 422, field: 'key', code: 'range', message: 'This value is out of its range.' },
    permissions_title_check: { status: 422, field: 'title', code: 'range', message: 'This value is out of its range.' },
  };

  declare id: CreationOptional<string>;
  declare created_at: CreationOptional<Date>;
  declare updated_at: CreationOptional<Date>;
  declare key: string;
  declare title: string;
}

export function definePermission(sequelize: Sequelize): void {
  Permission.init(
    {
      id: { type: DataTypes.UUID, primaryKey: true, defaultValue: literal('uuidv7()') },
      created_at: { type: DataTypes.DATE, defaultValue: literal('now()') },
      updated_at: { type: DataTypes.DATE, defaultValue: literal('now()') },
      key: { type: DataTypes.TEXT, allowNull: false },
      title: { type: DataTypes.TEXT, allowNull: false },
    },
    { sequelize, modelName: 'Permission', tableName: 'permissions', timestamps: false },
  );
}
