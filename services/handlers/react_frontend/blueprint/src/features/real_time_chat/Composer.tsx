import IconButton from "@mui/material/IconButton";
import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { type FormEvent, type KeyboardEvent, useId, useState } from "react";

import { formatNumber } from "../../shared/format.ts";
import { Icon } from "../../shared/ui/icons.tsx";

export const longestMessage = 4000;
/** From here on it is told how much room is left. */
const nearlyFull = longestMessage - 300;

interface ComposerProps {
  onSend: (body: string) => void;
  onTyping: () => void;
}

/** Where one writes: Enter sends, Shift and Enter begin a new line. */
export function Composer({ onSend, onTyping }: ComposerProps) {
  const [text, setText] = useState("");
  const hintId = useId();
  const body = text.trim();
  // Counted as the server counts: an emoji is one.
  const length = [...body].length;
  const sendable = body !== "" && length <= longestMessage;

  const send = () => {
    if (!sendable) return;
    onSend(body);
    setText("");
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send();
  };
  const press = (event: KeyboardEvent) => {
    // While an input method composes a character, Enter belongs to it.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };

  return (
    <Stack
      component="form"
      onSubmit={submit}
      direction="row"
      sx={{ gap: 1, px: 2, pb: 1.5, pt: 0.5, alignItems: "flex-end" }}
    >
      <TextField
        multiline
        maxRows={6}
        value={text}
        placeholder="Write a message"
        onChange={(event) => {
          setText(event.target.value);
          if (event.target.value.trim() !== "") onTyping();
        }}
        onKeyDown={press}
        error={length > longestMessage}
        helperText={
          length > nearlyFull ? (
            <Typography component="span" variant="inherit" role="status" id={hintId}>
              {length > longestMessage
                ? `${formatNumber(length - longestMessage)} characters too many`
                : `${formatNumber(longestMessage - length)} characters left`}
            </Typography>
          ) : undefined
        }
        slotProps={{ htmlInput: { "aria-label": "Message", enterKeyHint: "send" } }}
      />
      <IconButton type="submit" color="primary" disabled={!sendable} aria-label="Send">
        <Icon name="send" />
      </IconButton>
    </Stack>
  );
}
