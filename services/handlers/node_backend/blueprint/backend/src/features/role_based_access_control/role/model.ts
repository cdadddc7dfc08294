import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  literal,
  type Sequelize,
} from 'sequelize';
import { Row } from '../../../shared/database/row.ts';

/** A row of `roles`. */
export class Role extends Row<InferAttributes<Role>, InferCreationAttributes<Role>> {
  static override readonly entity = 'Role';
  static override readonly kind = 'resource';
  static override readonly title = 'name';

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
