import Autocomplete from "@mui/material/Autocomplete";
import Box from "@mui/material/Box";
import MenuItem from "@mui/material/MenuItem";
import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";

import { toLocalInput } from "../form/convert.ts";
import { useChoices } from "../form/useChoices.ts";
import { AnyOf } from "./AnyOf.tsx";
import { CommittedField } from "./CommittedField.tsx";
import type { Filter } from "./types.ts";
import { type ListState, nullParameter, parametersOf } from "./useListState.ts";

export function FilterPanel({ filters, list }: { filters: Filter[]; list: ListState }) {
  const nullable = filters.filter((filter) => filter.nullable === true);
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
      {nullable.length > 0 && (
        <>
          <NullFilter label="Is empty" wanted="true" filters={nullable} list={list} />
          <NullFilter label="Is set" wanted="false" filters={nullable} list={list} />
        </>
      )}
    </Box>
  );
}

function FilterInput({ filter, list }: { filter: Filter; list: ListState }) {
  const [first = "", second = ""] = parametersOf(filter);
  switch (filter.kind) {
    case "select":
      return (
        <AnyOf
          label={filter.label}
          options={filter.options}
          value={(list.filters[first] ?? "").split(",").filter((name) => name !== "")}
          onChange={(chosen) => list.setFilter(first, chosen.join(","))}
        />
      );
    case "flag":
      return (
        <TextField
          select
          label={filter.label}
          value={list.filters[first] ?? ""}
          onChange={(event) => list.setFilter(first, event.target.value)}
          slotProps={{ inputLabel: { shrink: true }, select: { displayEmpty: true } }}
        >
          <MenuItem value="">Any</MenuItem>
          <MenuItem value="true">Yes</MenuItem>
          <MenuItem value="false">No</MenuItem>
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

interface NullFilterProps {
  label: string;
  /** "true" asks for rows without a value, "false" for those with one. */
  wanted: "true" | "false";
  filters: Filter[];
  list: ListState;
}

/** Of which fields a value must be missing, or be there. */
function NullFilter({ label, wanted, filters, list }: NullFilterProps) {
  const chosen = filters.map(nullParameter).filter((parameter) => list.filters[parameter] === wanted);
  return (
    <AnyOf
      label={label}
      options={filters.map((filter) => ({ value: nullParameter(filter), label: filter.label }))}
      value={chosen}
      onChange={(next) => {
        const changed = [...chosen, ...next].find((name) => chosen.includes(name) !== next.includes(name));
        if (changed !== undefined) list.setFilter(changed, next.includes(changed) ? wanted : "");
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
