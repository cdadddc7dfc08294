import { useParams } from "react-router";

import { useReadRoomQuery, useUpdateRoomMutation } from "./api.ts";
import { RoomForm } from "./RoomForm.tsx";

export default function RoomEditPage() {
  const { id = "" } = useParams();
  const existing = useReadRoomQuery(id);
  const [updateRoom] = useUpdateRoomMutation();
  return (
    <RoomForm
      title="Edit room"
      back={{ to: `/rooms/${id}`, label: "Room" }}
      existing={existing}
      update={(change) => updateRoom(change).unwrap()}
      submitLabel="Save"
    />
  );
}
