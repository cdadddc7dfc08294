import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  literal,
  type Sequelize,
} from 'sequelize';
import { Row } from '../../../shared/database/row.ts';

/** A row of `samples`. */
export class Sample extends Row<InferAttributes<Sample>, InferCreationAttributes<Sample>> {
  static override readonly entity = 'Sample';
  static override readonly kind = 'resource';
  static override readonly title = 'title';

  declare id: CreationOptional<string>;
  declare created_at: CreationOptional<Date>;
  declare updated_at: CreationOptional<Date>;
  declare row_version: CreationOptional<number>;
  declare created_by_id: string;
  declare title: string;
  declare note: CreationOptional<string | null>;
  declare parent_id: CreationOptional<string | null>;
}

export function defineSample(sequelize: Sequelize): void {
  Sample.init(
    {
      id: { type: DataTypes.UUID, primaryKey: true, defaultValue: literal('uuidv7()') },
      created_at: { type: DataTypes.DATE, defaultValue: literal('now()') },
      updated_at: { type: DataTypes.DATE, defaultValue: literal('now()') },
      row_version: { type: DataTypes.INTEGER, defaultValue: 1 },
      created_by_id: { type: DataTypes.UUID, allowNull: false },
      title: { type: DataTypes.TEXT, allowNull: false },
      note: { type: DataTypes.TEXT },
      parent_id: { type: DataTypes.UUID },
    },
    { sequelize, modelName: 'Sample', tableName: 'samples', timestamps: false },
  );
}
