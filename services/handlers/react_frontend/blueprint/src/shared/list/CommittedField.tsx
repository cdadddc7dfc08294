import TextField from "@mui/material/TextField";
import { useState } from "react";

interface CommittedFieldProps {
  label: string;
  accessibleLabel?: string;
  type?: "text" | "date" | "number";
  value: string;
  onCommit: (value: string) => void;
}

/** Takes effect on Enter or when it is left, so that half a word or half a date filters nothing. */
export function CommittedField({
  label,
  accessibleLabel,
  type = "text",
  value,
  onCommit,
}: CommittedFieldProps) {
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
