import Autocomplete from "@mui/material/Autocomplete";
import Box from "@mui/material/Box";
import MenuItem from "@mui/material/MenuItem";
import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";
import { useState } from "react";

import { toLocalInput } from "../form/convert.ts";
import { useChoices } from "../form/useChoices.ts";
import type { Filter } from "./types.ts";
import { type ListState, parametersOf } from "./useListState.ts";

export function FilterPanel({ filters, list }: { filters: Filter[]; list: ListState }) {
  return (
    <Box
      sx={{
        display: "grid",
        gap: 1.5,
        gridTemplateColumns: { xs: "minmax(0, 1fr)", sm: "repeat(auto-fill, minmax(260px, 1fr))" },
        pt: 1.5,
      }}
    >
      {filters.map((filter) => (
        <FilterInput key={filter.key} filter={filter} list={list} />
      ))}
    </Box>
  );
}

function FilterInput({ filter, list }: { filter: Filter; list: ListState }) {
  const [first = "", second = ""] = parametersOf(filter);
  switch (filter.kind) {
    case "select":
      return (
        <TextField
          select
          label={filter.label}
          value={list.filters[first] ?? ""}
          onChange={(event) => list.setFilter(first, event.target.value)}
          slotProps={{ inputLabel: { shrink: true }, select: { displayEmpty: true } }}
        >
          <MenuItem value="">Any</MenuItem>
          {filter.options.map((option) => (
            <MenuItem key={option.value} value={option.value}>
              {option.label}
            </MenuItem>
          ))}
        </TextField>
      );
    case "reference":
      return (
        <ReferenceFilter
          label={filter.label}
          collection={filter.collection}
          value={list.filters[first] ?? ""}
          onChange={(value) => list.setFilter(first, value)}
        />
      );
    case "text":
    case "exact":
      return (
        <CommittedField
          label={filter.label}
          value={list.filters[first] ?? ""}
          onCommit={(value) => list.setFilter(first, value)}
        />
      );
    case "timestamp":
      return (
        <Stack direction="row" sx={{ gap: 1 }}>
          <CommittedField
            label={`${filter.label} from`}
            type="date"
            value={localDay(list.filters[first])}
            onCommit={(day) => list.setFilter(first, startOfDay(day, 0))}
          />
          <CommittedField
            label="to"
            accessibleLabel={`${filter.label} to`}
            type="date"
            value={localDay(list.filters[second], -1)}
            onCommit={(day) => list.setFilter(second, startOfDay(day, 1))}
          />
        </Stack>
      );
    default:
      return (
        <Stack direction="row" sx={{ gap: 1 }}>
          <CommittedField
            label={`${filter.label} from`}
            type={filter.kind}
            value={list.filters[first] ?? ""}
            onCommit={(value) => list.setFilter(first, value)}
          />
          <CommittedField
            label="to"
            accessibleLabel={`${filter.label} to`}
            type={filter.kind}
            value={list.filters[second] ?? ""}
            onCommit={(value) => list.setFilter(second, value)}
          />
        </Stack>
      );
  }
}

interface CommittedFieldProps {
  label: string;
  accessibleLabel?: string;
  type?: "text" | "date" | "number";
  value: string;
  onCommit: (value: string) => void;
}

/** Takes effect on Enter or when it is left, so that half a word or half a date filters nothing. */
function CommittedField({ label, accessibleLabel, type = "text", value, onCommit }: CommittedFieldProps) {
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  if (value !== seen) {
    setSeen(value);
    setText(value);
  }
  const commit = () => {
    if (text !== value) onCommit(text);
  };
  return (
    <TextField
      label={label}
      type={type}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === "Enter") commit();
      }}
      slotProps={{
        inputLabel: { shrink: true },
        htmlInput: { "aria-label": accessibleLabel ?? label, maxLength: 200 },
      }}
    />
  );
}

interface ReferenceFilterProps {
  label: string;
  collection: string;
  value: string;
  onChange: (id: string) => void;
}

function ReferenceFilter({ label, collection, value, onChange }: ReferenceFilterProps) {
  const choices = useChoices(collection).options;
  return (
    <Autocomplete
      {...choices}
      value={choices.options.find((option) => option.id === value) ?? null}
      onChange={(_event, chosen) => onChange(chosen?.id ?? "")}
      renderInput={(parameters) => (
        <TextField
          {...parameters}
          label={label}
          placeholder="Any"
          slotProps={{
            ...parameters.slotProps,
            inputLabel: { ...parameters.slotProps.inputLabel, shrink: true },
          }}
        />
      )}
    />
  );
}

/** Midnight of that day in the viewer's time zone, `later` days on, as the API wants it. */
function startOfDay(day: string, later: number): string {
  if (day === "") return "";
  const date = new Date(`${day}T00:00:00`);
  date.setDate(date.getDate() + later);
  return Number.isNaN(date.getTime()) ? "" : date.toISOString();
}

function localDay(moment: string | undefined, later = 0): string {
  if (moment === undefined) return "";
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return "";
  date.setDate(date.getDate() + later);
  return toLocalInput(date.toISOString()).slice(0, 10);
}
