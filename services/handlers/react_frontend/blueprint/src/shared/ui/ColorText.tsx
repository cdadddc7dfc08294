import Box from "@mui/material/Box";

import { Text } from "./values.tsx";

/** A colour by its number, after a dot of it. */
export function ColorText({ value }: { value: string | null | undefined }) {
  if (!value) return <Text value={value} />;
  return (
    <Box component="span" sx={{ display: "inline-flex", alignItems: "center", gap: 1 }}>
      <Box
        component="span"
        role="presentation"
        style={{ backgroundColor: value }}
        sx={{ width: 14, height: 14, flexShrink: 0, borderRadius: "50%", border: 1, borderColor: "divider" }}
      />
      <Text value={value} />
    </Box>
  );
}
