import Alert from "@mui/material/Alert";
import Autocomplete from "@mui/material/Autocomplete";
import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import Tab from "@mui/material/Tab";
import Tabs from "@mui/material/Tabs";
import TextField from "@mui/material/TextField";
import { type FormEvent, useId, useState } from "react";

import { toApiError } from "../../shared/api/errors.ts";
import type { Reference } from "../../shared/api/types.ts";
import { useChoices } from "../../shared/form/useChoices.ts";
import { useVisitor } from "../../shared/session/useVisitor.ts";
import { useCreateMembershipMutation } from "./membership/api.ts";
import { useCreateRoomMutation, useDirectRoomsMutation } from "./room/api.ts";

interface StartDialogProps {
  onStarted: (room: string) => void;
  onCancel: () => void;
}

const longestName = 100;

/** Begins a conversation with one person, or opens a room for several. */
export function StartDialog({ onStarted, onCancel }: StartDialogProps) {
  const titleId = useId();
  const me = useVisitor().id;
  const [kind, setKind] = useState<"direct" | "room">("direct");
  const [person, setPerson] = useState<Reference | null>(null);
  const [name, setName] = useState("");
  const [people, setPeople] = useState<Reference[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const { options, failed } = useChoices("users");
  const others = { ...options, options: options.options.filter(({ id }) => id !== me) };
  const [direct] = useDirectRoomsMutation();
  const [createRoom] = useCreateRoomMutation();
  const [createMembership] = useCreateMembershipMutation();

  const begin = async (): Promise<string> => {
    if (kind === "direct" && person !== null) return (await direct({ user: person.id }).unwrap()).room.id;
    const room = await createRoom({ name: name.trim(), members: null }).unwrap();
    for (const { id } of people) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other: all of them change the same room
      await createMembership({ room_id: room.id, body: { user: id, role: "member" } }).unwrap();
    }
    return room.id;
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (kind === "direct" && person === null) return setProblem("Choose whom you want to write to.");
    if (kind === "room" && name.trim() === "") return setProblem("Give the room a name.");
    setBusy(true);
    try {
      return onStarted(await begin());
    } catch (failure) {
      setBusy(false);
      return setProblem(toApiError(failure).message);
    }
  };

  return (
    <Dialog open onClose={busy ? undefined : onCancel} aria-labelledby={titleId} maxWidth="xs" fullWidth>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <DialogTitle id={titleId}>New conversation</DialogTitle>
        <DialogContent sx={{ display: "flex", flexDirection: "column", gap: 2 }}>
          <Tabs
            value={kind}
            variant="fullWidth"
            onChange={(_event, chosen: "direct" | "room") => {
              setKind(chosen);
              setProblem(null);
            }}
          >
            <Tab value="direct" label="One person" />
            <Tab value="room" label="A room" />
          </Tabs>
          {problem !== null && (
            <Alert severity="error" role="alert">
              {problem}
            </Alert>
          )}
          {kind === "direct" ? (
            <Autocomplete
              {...others}
              value={person}
              onChange={(_event, chosen) => setPerson(chosen)}
              renderInput={(parameters) => (
                <TextField {...parameters} label="Person" helperText={hint(failed)} error={failed} />
              )}
            />
          ) : (
            <>
              <TextField
                label="Name of the room"
                value={name}
                onChange={(event) => setName(event.target.value)}
                required
                slotProps={{ htmlInput: { maxLength: longestName } }}
              />
              <Autocomplete
                {...others}
                multiple
                disableCloseOnSelect
                filterSelectedOptions
                value={people}
                onChange={(_event, chosen) => setPeople(chosen)}
                renderInput={(parameters) => (
                  <TextField {...parameters} label="People" helperText={hint(failed)} error={failed} />
                )}
              />
            </>
          )}
        </DialogContent>
        <DialogActions sx={{ px: 3, pb: 2.5 }}>
          <Button onClick={onCancel} disabled={busy} color="inherit">
            Cancel
          </Button>
          <Button type="submit" variant="contained" loading={busy}>
            {kind === "direct" ? "Write" : "Open the room"}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function hint(failed: boolean): string {
  return failed ? "The people could not be loaded." : "Type a name to search.";
}
