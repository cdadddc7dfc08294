import Box from "@mui/material/Box";
import Divider from "@mui/material/Divider";
import IconButton from "@mui/material/IconButton";
import Menu from "@mui/material/Menu";
import Typography from "@mui/material/Typography";
import { useState } from "react";

import type { Feature } from "../../shared/feature.ts";
import { useSession } from "../../shared/session/useVisitor.ts";
import { PersonAvatar } from "../../shared/ui/values.tsx";

/** Who is signed in, and what features offer for their account. */
export function AccountMenu({ features }: { features: Feature[] }) {
  const session = useSession();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const close = () => setAnchor(null);
  return (
    <>
      <IconButton
        aria-label={`Account of ${session.name}`}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ p: 0.5 }}
      >
        <PersonAvatar name={session.name} />
      </IconButton>
      <Menu
        anchorEl={anchor}
        open={anchor !== null}
        onClose={close}
        anchorOrigin={{ vertical: "bottom", horizontal: "right" }}
        transformOrigin={{ vertical: "top", horizontal: "right" }}
        slotProps={{ paper: { sx: { width: 260 } } }}
      >
        <Box component="li" role="presentation" sx={{ px: 2, pt: 0.5, pb: 1.5 }}>
          <Typography variant="h3" component="div" sx={{ overflowWrap: "anywhere" }}>
            {session.name}
          </Typography>
          <Typography
            variant="caption"
            component="div"
            sx={{ color: "text.secondary", overflowWrap: "anywhere" }}
          >
            {session.email}
          </Typography>
        </Box>
        <Divider component="li" role="presentation" sx={{ mb: 1 }} />
        {features
          .flatMap((feature) => feature.slots?.account ?? [])
          .map((Item, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- the list never changes, so the index is a good key
            <Item key={index} onDone={close} />
          ))}
      </Menu>
    </>
  );
}
