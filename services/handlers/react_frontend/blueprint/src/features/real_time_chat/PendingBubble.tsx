import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";

import { visuallyHidden } from "../../shared/ui/values.tsx";
import { Bubble } from "./Bubble.tsx";
import { MessageText } from "./MessageText.tsx";
import type { Pending } from "./useSending.ts";

interface PendingBubbleProps {
  item: Pending;
  onRetry: () => void;
  onDrop: () => void;
}

/** A message on its way, or one that did not arrive. */
export function PendingBubble({ item, onRetry, onDrop }: PendingBubbleProps) {
  const failed = item.failure !== null;
  return (
    <Stack component="article" aria-label="You" sx={{ mt: 0.5, alignItems: "flex-end" }}>
      <Box sx={{ maxWidth: { xs: "84%", sm: "72%" }, opacity: failed ? 1 : 0.65 }}>
        <Bubble own muted={failed}>
          <MessageText text={item.body} />
          {!failed && (
            <Box component="span" sx={visuallyHidden}>
              {" is being sent"}
            </Box>
          )}
        </Bubble>
      </Box>
      {item.failure !== null && (
        <Stack
          direction="row"
          role="alert"
          sx={{ alignItems: "center", justifyContent: "flex-end", flexWrap: "wrap", gap: 0.5 }}
        >
          <Typography variant="caption" sx={{ color: "error.main" }}>
            Not sent. {item.failure.message}
          </Typography>
          <Button size="small" onClick={onRetry}>
            Send again
          </Button>
          <Button size="small" color="inherit" onClick={onDrop}>
            Discard
          </Button>
        </Stack>
      )}
    </Stack>
  );
}
