import Box from "@mui/material/Box";
import Button from "@mui/material/Button";

import { APP_NAME } from "../../shared/appName.ts";
import { EmptyState } from "../../shared/ui/EmptyState.tsx";

/** Stands in for a page that failed while it was shown or fetched. What failed is in the browser's console. */
export function ErrorPage() {
  return (
    <Box component="main" sx={{ py: 6 }} role="alert">
      <title>{`Something went wrong · ${APP_NAME}`}</title>
      <EmptyState
        icon="warning"
        title="Something went wrong"
        body="This page could not be shown. A newer version may have been released; loading it again usually helps."
        action={
          <Button variant="contained" onClick={() => window.location.reload()}>
            Load again
          </Button>
        }
      />
    </Box>
  );
}
