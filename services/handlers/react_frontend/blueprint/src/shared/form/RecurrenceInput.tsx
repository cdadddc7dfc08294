import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import ToggleButton from "@mui/material/ToggleButton";
import ToggleButtonGroup from "@mui/material/ToggleButtonGroup";

import {
  frequencies,
  type Recurrence,
  recurrenceOf,
  ruleText,
  weekdayName,
  weekdays,
} from "../recurrence.ts";
import { InputGroup } from "./InputGroup.tsx";
import { type InputProps, TextInput } from "./inputs.tsx";

const names = { DAILY: "Daily", WEEKLY: "Weekly", MONTHLY: "Monthly", YEARLY: "Yearly" };
const units = { DAILY: "days", WEEKLY: "weeks", MONTHLY: "months", YEARLY: "years" };

/** How often something comes again. A rule that these inputs cannot say is entered as it travels. */
export function RecurrenceInput<D>(props: InputProps<D, string>) {
  const { form, name, required = false } = props;
  const text = form.values[name] as string;
  const rule = recurrenceOf(text);
  if (rule === null && text !== "") return <TextInput {...props} />;
  const set = (changed: Recurrence | null) =>
    form.set(name, (changed === null ? "" : ruleText(changed)) as D[typeof name]);
  const begin = (frequency: string) => {
    const known = frequencies.find((one) => one === frequency);
    set(known === undefined ? null : { interval: rule?.interval ?? "1", days: [], frequency: known });
  };
  return (
    <InputGroup {...props}>
      <TextField
        select
        label="Repeats"
        value={rule?.frequency ?? ""}
        error={form.errors[name] !== undefined}
        onChange={(event) => begin(event.target.value)}
        slotProps={{ inputLabel: { shrink: true }, select: { displayEmpty: true } }}
        sx={{ flex: 1, minWidth: 140 }}
      >
        <MenuItem value="">{required ? "Choose" : "Never"}</MenuItem>
        {frequencies.map((frequency) => (
          <MenuItem key={frequency} value={frequency}>
            {names[frequency]}
          </MenuItem>
        ))}
      </TextField>
      {rule !== null && (
        <TextField
          label={`Every so many ${units[rule.frequency]}`}
          value={rule.interval}
          error={form.errors[name] !== undefined}
          onChange={(event) =>
            set({ ...rule, interval: event.target.value.replaceAll(/\D/gu, "").slice(0, 3) })
          }
          slotProps={{ htmlInput: { inputMode: "numeric" } }}
          sx={{ flex: 1, minWidth: 180 }}
        />
      )}
      {rule?.frequency === "WEEKLY" && (
        <ToggleButtonGroup
          size="small"
          aria-label="On these days"
          value={rule.days}
          onChange={(_event, days: string[]) => set({ ...rule, days })}
          sx={{ flexWrap: "wrap" }}
        >
          {weekdays.map((day) => (
            <ToggleButton key={day} value={day} aria-label={weekdayName(day, "long")}>
              {weekdayName(day, "short")}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      )}
    </InputGroup>
  );
}
