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

/** A row of `samples`. */
export class Sample extends Row<InferAttributes<Sample>, InferCreationAttributes<Sample>> {
  static override readonly entity = 'Sample';
  static override readonly kind = 'resource';
  static override readonly title = 'title';
  static override readonly constraints: ConstraintAnswers = {
    samples_title_check: { status: 422, field: 'title', code: 'range', message: 'This value is out of its range.' },
    samples_note_check: { status: 422, field: 'note', code: 'range', message: 'This value is out of its range.' },
    samples_parent_id_fkey: { status: 409, field: 'parent', code: 'reference', message: 'This does not exist, or something else still refers to it.' },
  };

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
