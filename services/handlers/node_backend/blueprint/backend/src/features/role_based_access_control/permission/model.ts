import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  literal,
  type Sequelize,
} from 'sequelize';
import { Row } from '../../../shared/database/row.ts';

/** A row of `permissions`. */
export class Permission extends Row<InferAttributes<Permission>, InferCreationAttributes<Permission>> {
  static override readonly entity = 'Permission';
  static override readonly kind = 'internal';
  static override readonly title = 'title';

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
