import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";
import { type KeyboardEvent, useState } from "react";

import { toApiError } from "../../shared/api/errors.ts";
import { longestMessage } from "./Composer.tsx";
import { useChangeMessageMutation } from "./stream.ts";

interface EditMessageProps {
  room: string;
  id: string;
  body: string;
  onDone: () => void;
}

/** Changes what one said: Enter saves, Escape leaves it as it was. */
export function EditMessage({ room, id, body, onDone }: EditMessageProps) {
  const [text, setText] = useState(body);
  const [change, { isLoading, error }] = useChangeMessageMutation();
  const changed = text.trim();
  const savable = changed !== "" && [...changed].length <= longestMessage;

  const save = async () => {
    if (!savable) return;
    if (changed === body) return onDone();
    const answer = await change({ room, id, body: changed });
    if (!("error" in answer)) onDone();
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Escape") onDone();
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void save();
  };

  return (
    <Stack sx={{ gap: 1, width: "min(460px, 74vw)" }}>
      <TextField
        multiline
        maxRows={8}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- whoever asked to edit is taken to the text
        autoFocus
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={press}
        error={error !== undefined || !savable}
        helperText={error === undefined ? undefined : toApiError(error).message}
        slotProps={{ htmlInput: { "aria-label": "Edit the message" } }}
      />
      <Stack direction="row" sx={{ gap: 1, justifyContent: "flex-end" }}>
        <Button size="small" color="inherit" onClick={onDone}>
          Cancel
        </Button>
        <Button
          size="small"
          variant="contained"
          loading={isLoading}
          disabled={!savable}
          onClick={() => void save()}
        >
          Save
        </Button>
      </Stack>
    </Stack>
  );
}
