import { DataTypes, literal } from 'sequelize';
import { Row } from '../../../shared/database/row.js';

/** A row of `samples`. */
export class Sample extends Row {
  static entity = 'Sample';
  static kind = 'resource';
  static title = 'title';
  static constraints = {
    samples_title_check: { status: 422, field: 'title', code: 'range', message: 'This value is out of its range.' },
    samples_note_check: { status: 422, field: 'note', code: 'range', message: 'This value is out of its range.' },
    samples_parent_id_fkey: {
      status: 409,
      field: 'parent',
      code: 'reference',
      message: 'This does not exist, or something else still refers to it.',
    },
  };
}

export function defineSample(sequelize) {
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
