import Box from "@mui/material/Box";
import ButtonBase from "@mui/material/ButtonBase";
import Typography from "@mui/material/Typography";
import { Link } from "react-router";

import { formatRelative } from "../format.ts";
import { visuallyHidden } from "../ui/values.tsx";

export interface InboxEntry {
  title: string;
  at: string;
  unread: boolean;
  /** Where it leads, if anywhere. */
  to?: string | undefined;
  /** What it leads to. */
  about?: string | undefined;
}

interface InboxItemProps {
  entry: InboxEntry;
  onRead: () => void;
  onLeave: () => void;
}

export function InboxItem({ entry, onRead, onLeave }: InboxItemProps) {
  const choose = () => {
    if (entry.unread) onRead();
    if (entry.to !== undefined) onLeave();
  };
  return (
    <Box component="li" sx={{ "& + &": { borderTop: 1, borderColor: "divider" } }}>
      <ButtonBase
        {...(entry.to === undefined ? {} : { component: Link, to: entry.to })}
        onClick={choose}
        sx={{
          width: "100%",
          display: "grid",
          gridTemplateColumns: "10px 1fr",
          columnGap: 1.25,
          px: 2,
          py: 1.25,
          textAlign: "left",
          alignItems: "start",
          "&:hover, &:focus-visible": { bgcolor: "action.hover" },
        }}
      >
        <Box
          aria-hidden
          sx={{
            width: 8,
            height: 8,
            mt: 0.75,
            borderRadius: "50%",
            bgcolor: entry.unread ? "primary.main" : "transparent",
          }}
        />
        <Box sx={{ minWidth: 0 }}>
          <Typography variant="body2" sx={{ fontWeight: entry.unread ? 600 : 400, overflowWrap: "anywhere" }}>
            {entry.title}
            {entry.unread && (
              <Box component="span" sx={visuallyHidden}>
                {" "}
                (unread)
              </Box>
            )}
          </Typography>
          <Typography variant="caption" sx={{ color: "text.secondary", overflowWrap: "anywhere" }}>
            {entry.about !== undefined && `${entry.about} · `}
            <time dateTime={entry.at}>{formatRelative(entry.at)}</time>
          </Typography>
        </Box>
      </ButtonBase>
    </Box>
  );
}
