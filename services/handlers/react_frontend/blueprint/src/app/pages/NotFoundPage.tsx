import Button from "@mui/material/Button";
import { Link } from "react-router";

import { EmptyState } from "../../shared/ui/EmptyState.tsx";
import { Page } from "../../shared/ui/Page.tsx";

export function NotFoundPage() {
  return (
    <Page title="Page not found" width="narrow">
      <EmptyState
        icon="search"
        title="There is nothing at this address"
        body="The link may be old, or the address mistyped."
        action={
          <Button component={Link} to="/" variant="contained">
            Go to the home page
          </Button>
        }
      />
    </Page>
  );
}
