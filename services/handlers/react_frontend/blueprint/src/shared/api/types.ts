/** How a row of another model appears in answers. */
export interface Reference {
  id: string;
  display: string;
}

/** A row of any of several models. */
export interface Pointer extends Reference {
  type: string;
}

/** What every row carries. */
export interface Row {
  id: string;
  created_at: string;
  updated_at: string;
  /** Operations the caller may do to this row now. */
  can: string[];
}

/** A row with a version, which is sent back as If-Match so that nobody overwrites what they have not seen. */
export interface VersionedRow extends Row {
  row_version: number;
}

/** A row as forms take it: the one row of a person has no version. */
export type PerhapsVersionedRow = Row & Partial<VersionedRow>;

export interface Page<T> {
  items: T[];
  total: number;
  page: number;
  page_size: number;
}

export interface CursorPage<T> {
  items: T[];
  total: number;
  next_cursor: string | null;
}

/** Query string of a list: paging, sorting, search and filters such as `status` or `created_at[gte]`. */
export type ListQuery = Record<string, string | number>;

/** Arguments of an update: only the changed members travel. */
export interface UpdateArguments<Input> {
  id: string;
  version?: number | undefined;
  changes: Partial<Input>;
}

/** Arguments of an operation on one row. */
export interface RowArguments {
  id: string;
  version?: number | undefined;
}
