import MuiLink from "@mui/material/Link";
import { Link } from "react-router";

import type { Feature } from "../../shared/feature.ts";

/** What forgotten passwords add to the application beside their pages. */
export const plugin: Pick<Feature, "slots"> = { slots: { signIn: [ForgotPasswordLink] } };

function ForgotPasswordLink() {
  return (
    <MuiLink component={Link} to="/forgot-password" variant="body2" sx={{ alignSelf: "flex-end", mt: -1 }}>
      Forgot your password?
    </MuiLink>
  );
}
