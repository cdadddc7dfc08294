import Box from "@mui/material/Box";

import { Icon } from "./icons.tsx";

/** The mark of the application. */
export function Brand({ size = 30 }: { size?: number }) {
  return (
    <Box
      aria-hidden
      sx={{
        width: size,
        height: size,
        flexShrink: 0,
        borderRadius: `${size * 0.27}px`,
        display: "grid",
        placeItems: "center",
        bgcolor: "primary.main",
        color: "primary.contrastText",
      }}
    >
      <Icon name="layers" sx={{ fontSize: size * 0.66 }} />
    </Box>
  );
}
