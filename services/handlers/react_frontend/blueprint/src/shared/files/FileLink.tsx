import MuiLink from "@mui/material/Link";

import type { Reference } from "../api/types.ts";
import { toasts } from "../ui/toasts.ts";
import { Empty } from "../ui/values.tsx";
import { download } from "./download.ts";

/** A file by its name, which downloads it. */
export function FileLink({ value }: { value: Reference | null | undefined }) {
  if (value === null || value === undefined) return <Empty />;
  const { id, display } = value;
  const fetch = () => download({ id, name: display }).catch((failure: unknown) => toasts.failed(failure));
  return (
    <MuiLink
      component="button"
      type="button"
      underline="hover"
      title="Download"
      onClick={() => void fetch()}
      sx={{ font: "inherit", textAlign: "start", overflowWrap: "anywhere", verticalAlign: "baseline" }}
    >
      {display}
    </MuiLink>
  );
}
