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

/** A row of `roles`. */
export class Role extends Row<InferAttributes<Role>, InferCreationAttributes<Role>> {
  static override readonly entity = 'Role';
  static override readonly kind = 'resource';
  static override readonly title = 'name';
  static override readonly constraints: ConstraintAnswers = {
    roles_name_check: { status: 422, field: 'name', code: 'range', message: 'This value is out of its range.' },
    roles_description_check: { status: 422, field: 'description', code: 'range', message: 'This value is out of its range.' },
    roles_name_key: { status: 409, field: 'name', code: 'unique', message: 'There is already a role with this name.' },
    roles_frozen: { status: 409, message: 'A built-in role cannot be renamed or deleted.' },
    roles_keys_rule: { status: 409, message: 'The administrator keeps the right to see and change roles.' },
    roles_admins_rule: { status: 409, message: 'One active administrator must remain.' },
  };

  declare id: CreationOptional<string>;
  declare created_at: CreationOptional<Date>;
  declare updated_at: CreationOptional<Date>;
  declare row_version: CreationOptional<number>;
  declare name: string;
  declare description: CreationOptional<string | null>;
  declare builtin: CreationOptional<boolean>;
  declare keys: CreationOptional<number>;
  declare admins: CreationOptional<number>;
}

export function defineRole(sequelize: Sequelize): void {
  Role.init(
    {
      id: { type: DataTypes.UUID, primaryKey: true, defaultValue: literal('uuidv7()') },
      created_at: { type: DataTypes.DATE, defaultValue: literal('now()') },
      updated_at: { type: DataTypes.DATE, defaultValue: literal('now()') },
      row_version: { type: DataTypes.INTEGER, defaultValue: 1 },
      name: { type: DataTypes.TEXT, allowNull: false },
      description: { type: DataTypes.TEXT },
      builtin: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false },
      keys: { type: DataTypes.INTEGER },
      admins: { type: DataTypes.INTEGER },
    },
    { sequelize, modelName: 'Role', tableName: 'roles', timestamps: false },
  );
}
