import Autocomplete from "@mui/material/Autocomplete";
import Button from "@mui/material/Button";
import Chip from "@mui/material/Chip";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import IconButton from "@mui/material/IconButton";
import List from "@mui/material/List";
import ListItem from "@mui/material/ListItem";
import ListItemAvatar from "@mui/material/ListItemAvatar";
import ListItemText from "@mui/material/ListItemText";
import TextField from "@mui/material/TextField";
import { useId, useState } from "react";

import type { Reference } from "../../shared/api/types.ts";
import { useChoices } from "../../shared/form/useChoices.ts";
import { ConfirmDialog } from "../../shared/ui/ConfirmDialog.tsx";
import { Icon } from "../../shared/ui/icons.tsx";
import { toasts } from "../../shared/ui/toasts.ts";
import { PersonAvatar } from "../../shared/ui/values.tsx";
import { useCreateMembershipMutation, useDeleteMembershipMutation } from "./membership/api.ts";
import type { Membership } from "./membership/types.ts";
import { titleOf } from "./names.ts";
import type { Room } from "./room/types.ts";

interface MembersDialogProps {
  room: Room;
  seats: Membership[];
  me: string;
  onClose: () => void;
  onLeft: () => void;
}

/** Who is in a room; its owners add and remove people, and everybody may leave. */
export function MembersDialog({ room, seats, me, onClose, onLeft }: MembersDialogProps) {
  const titleId = useId();
  const [asked, setAsked] = useState<Membership | null>(null);
  const [remove, { isLoading }] = useDeleteMembershipMutation();
  const own = seats.find(({ user }) => user?.id === me);
  const leaves = asked !== null && asked.id === own?.id;

  const confirmed = async (seat: Membership) => {
    try {
      await remove({ room_id: room.id, id: seat.id }).unwrap();
      if (seat.id === own?.id) {
        toasts.succeeded(`You left “${titleOf(room)}”.`);
        onClose();
        onLeft();
      }
    } catch (failure) {
      toasts.failed(failure);
    }
    setAsked(null);
  };

  return (
    <Dialog open onClose={onClose} aria-labelledby={titleId} maxWidth="xs" fullWidth>
      <DialogTitle id={titleId}>Members</DialogTitle>
      <DialogContent>
        {own?.role === "owner" && <AddMember room={room.id} seats={seats} />}
        <List aria-label="Members" sx={{ mx: -2 }}>
          {seats.map((seat) => {
            const name = seat.user?.display ?? "Somebody";
            const removable = seat.id !== own?.id && seat.can.includes("delete");
            return (
              <ListItem
                key={seat.id}
                secondaryAction={
                  removable ? (
                    <IconButton edge="end" aria-label={`Remove ${name}`} onClick={() => setAsked(seat)}>
                      <Icon name="close" fontSize="small" />
                    </IconButton>
                  ) : undefined
                }
              >
                <ListItemAvatar>
                  <PersonAvatar name={name} size={36} />
                </ListItemAvatar>
                <ListItemText
                  primary={seat.id === own?.id ? `${name} (you)` : name}
                  slotProps={{ primary: { noWrap: true } }}
                />
                {seat.role === "owner" && <Chip label="Owner" variant="outlined" sx={{ ml: 1 }} />}
              </ListItem>
            );
          })}
        </List>
      </DialogContent>
      <DialogActions sx={{ px: 3, pb: 2.5, justifyContent: "space-between" }}>
        <Button color="error" disabled={own === undefined} onClick={() => setAsked(own ?? null)}>
          Leave
        </Button>
        <Button onClick={onClose}>Close</Button>
      </DialogActions>
      {asked !== null && (
        <ConfirmDialog
          open
          title={leaves ? "Leave this conversation?" : `Remove ${asked.user?.display ?? "this member"}?`}
          body={
            leaves
              ? "You no longer see what is said here, until somebody adds you again."
              : "They no longer see what is said here. What they said stays."
          }
          confirmLabel={leaves ? "Leave" : "Remove"}
          destructive
          busy={isLoading}
          onConfirm={() => void confirmed(asked)}
          onCancel={() => setAsked(null)}
        />
      )}
    </Dialog>
  );
}

function AddMember({ room, seats }: { room: string; seats: Membership[] }) {
  const { options, failed } = useChoices("users");
  const [add, { isLoading }] = useCreateMembershipMutation();
  const inside = new Set(seats.map(({ user }) => user?.id));
  const chosen = async (person: Reference | null) => {
    if (person === null) return;
    try {
      await add({ room_id: room, body: { user: person.id, role: "member" } }).unwrap();
    } catch (failure) {
      toasts.failed(failure);
    }
  };
  return (
    <Autocomplete
      // Begins anew after each person.
      key={seats.length}
      {...options}
      options={options.options.filter(({ id }) => !inside.has(id))}
      disabled={isLoading}
      onChange={(_event, person) => void chosen(person)}
      renderInput={(parameters) => (
        <TextField
          {...parameters}
          label="Add somebody"
          error={failed}
          helperText={failed ? "The people could not be loaded." : undefined}
          sx={{ mt: 1 }}
        />
      )}
    />
  );
}
