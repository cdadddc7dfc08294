import Box, { type BoxProps } from "@mui/material/Box";

/** A list without bullets and without a place of its own. */
export function PlainList({ sx, ...list }: BoxProps<"ul">) {
  const plain = { listStyle: "none", m: 0, p: 0 };
  return <Box component="ul" {...list} sx={[plain, ...(Array.isArray(sx) ? sx : [sx])]} />;
}
