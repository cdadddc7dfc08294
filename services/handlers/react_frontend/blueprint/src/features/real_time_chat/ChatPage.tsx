import Box from "@mui/material/Box";
import Card from "@mui/material/Card";
import { useState } from "react";
import { useSearchParams } from "react-router";

import { APP_NAME } from "../../shared/appName.ts";
import { useVisitor } from "../../shared/session/useVisitor.ts";
import { EmptyState } from "../../shared/ui/EmptyState.tsx";
import { Conversation } from "./Conversation.tsx";
import { RoomList } from "./RoomList.tsx";
import { StartDialog } from "./StartDialog.tsx";
import { useSending } from "./useSending.ts";

/** Conversations on the left, the one that is open on the right; on a phone one of both. */
export default function ChatPage() {
  const [search, setSearch] = useSearchParams();
  const [starting, setStarting] = useState(false);
  const sending = useSending();
  const me = useVisitor().id ?? "";
  const room = search.get("room");
  const open = (id: string) => setSearch({ room: id });

  return (
    <Card
      sx={{
        display: "flex",
        maxWidth: 1280,
        mx: { xs: -2, sm: "auto" },
        mt: { xs: -3, sm: -1 },
        mb: -8,
        height: { xs: "calc(100dvh - 56px)", sm: "calc(100dvh - 96px)", md: "calc(100dvh - 112px)" },
        borderRadius: { xs: 0, sm: "12px" },
        borderWidth: { xs: 0, sm: 1 },
      }}
    >
      <title>{`Chat · ${APP_NAME}`}</title>
      <Box
        component="section"
        aria-label="Conversations"
        sx={{
          display: { xs: room === null ? "flex" : "none", md: "flex" },
          flexDirection: "column",
          width: { xs: "100%", md: 340 },
          flexShrink: 0,
          minHeight: 0,
          borderRight: { md: 1 },
          borderColor: { md: "divider" },
        }}
      >
        <RoomList selected={room} me={me} onStart={() => setStarting(true)} />
      </Box>
      <Box
        sx={{
          display: { xs: room === null ? "none" : "flex", md: "flex" },
          flexDirection: "column",
          flex: 1,
          minWidth: 0,
          minHeight: 0,
        }}
      >
        {room === null ? (
          <Box sx={{ m: "auto" }}>
            <EmptyState
              icon="chat"
              title="Choose a conversation"
              body="What is said appears here as it is written."
            />
          </Box>
        ) : (
          <Conversation key={room} room={room} me={me} sending={sending} onLeft={() => setSearch({})} />
        )}
      </Box>
      {starting && (
        <StartDialog
          onCancel={() => setStarting(false)}
          onStarted={(id) => {
            setStarting(false);
            open(id);
          }}
        />
      )}
    </Card>
  );
}
