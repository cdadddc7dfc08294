import { useCreateRoomMutation } from "./api.ts";
import { RoomForm } from "./RoomForm.tsx";

export default function RoomCreatePage() {
  const [createRoom] = useCreateRoomMutation();
  return (
    <RoomForm
      title="New room"
      back={{ to: "/rooms", label: "Rooms" }}
      create={(input) => createRoom(input).unwrap()}
      submitLabel="Create room"
    />
  );
}
