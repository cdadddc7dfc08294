import Typography from "@mui/material/Typography";

/** The id that names a failed request in the server's log. */
export function Correlation({ id }: { id: string | undefined }) {
  if (id === undefined || id === "") return null;
  return (
    <Typography variant="caption" component="p" sx={{ color: "text.secondary", mt: 1.5, mb: 0 }}>
      Reference <code>{id}</code>
    </Typography>
  );
}
