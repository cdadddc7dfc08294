import type { Row } from "../api/types.ts";
import type { GridItem } from "./GridView.tsx";

export interface MatrixProps<Line extends Row, Head extends Row> {
  label: string;
  lines: { row: Line; item: GridItem }[];
  heads: { row: Head; item: GridItem }[];
  cell: (line: Line, head: Head) => { checked: boolean; linked: boolean; editable: boolean };
  onToggle: (line: Line, head: Head, linked: boolean) => void;
}
