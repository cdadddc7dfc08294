import Card from "@mui/material/Card";
import Skeleton from "@mui/material/Skeleton";
import Stack from "@mui/material/Stack";
import type { ReactNode } from "react";

import type { Row } from "../api/types.ts";
import type { Loaded } from "../list/types.ts";
import { ErrorState } from "../ui/ErrorState.tsx";
import { Page } from "../ui/Page.tsx";
import { DateTime } from "../ui/values.tsx";

interface DetailViewProps<R extends Row> {
  /** Singular, for while the row is on its way. */
  label: string;
  result: Loaded<R>;
  title: (row: R) => string;
  back: { to: string; label: string };
  actions?: (row: R) => ReactNode;
  children: (row: R) => ReactNode;
}

/** The page of one row. */
export function DetailView<R extends Row>({
  label,
  result,
  title,
  back,
  actions,
  children,
}: DetailViewProps<R>) {
  const { data, error, isLoading, refetch } = result;
  if (data === undefined) {
    return (
      <Page title={label} back={back}>
        <Card sx={{ p: 3 }} aria-busy={isLoading}>
          {isLoading ? <DetailSkeleton /> : <ErrorState error={error} onRetry={refetch} />}
        </Card>
      </Page>
    );
  }
  return (
    <Page
      title={title(data)}
      subtitle={
        <>
          Created <DateTime value={data.created_at} />, last changed <DateTime value={data.updated_at} />
        </>
      }
      back={back}
      actions={actions?.(data)}
    >
      <Stack sx={{ gap: 2 }}>{children(data)}</Stack>
    </Page>
  );
}

function DetailSkeleton() {
  return (
    <Stack sx={{ gap: 2 }}>
      {[60, 85, 40, 70].map((width) => (
        <Stack key={width} direction="row" sx={{ gap: 3 }}>
          <Skeleton width="18%" />
          <Skeleton width={`${width * 0.7}%`} />
        </Stack>
      ))}
    </Stack>
  );
}
