import Button from "@mui/material/Button";
import { Link } from "react-router";

import { EmptyState } from "../../shared/ui/EmptyState.tsx";
import { Page } from "../../shared/ui/Page.tsx";

export function ForbiddenPage() {
  return (
    <Page title="No access" width="narrow">
      <EmptyState
        icon="lock"
        title="You have no access to this page"
        body="An administrator can give you the permission it needs."
        action={
          <Button component={Link} to="/" variant="contained">
            Go to the home page
          </Button>
        }
      />
    </Page>
  );
}
