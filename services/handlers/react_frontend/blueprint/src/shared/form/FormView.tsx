import Card from "@mui/material/Card";
import Skeleton from "@mui/material/Skeleton";
import Stack from "@mui/material/Stack";
import type { ReactNode } from "react";

import type { PerhapsVersionedRow } from "../api/types.ts";
import type { Loaded } from "../list/types.ts";
import { ErrorState } from "../ui/ErrorState.tsx";
import { Page } from "../ui/Page.tsx";
import { RowForm, type RowFormProps } from "./RowForm.tsx";

export interface FormViewProps<
  R extends PerhapsVersionedRow,
  D extends object,
  I extends object,
> extends Omit<RowFormProps<R, D, I>, "row" | "reload"> {
  title: string;
  back?: { to: string; label: string };
  /** The row to change; absent for a new one. */
  existing?: Loaded<R> | undefined;
  children: (form: Parameters<RowFormProps<R, D, I>["children"]>[0]) => ReactNode;
}

/** The page that makes a row or changes one. */
export function FormView<R extends PerhapsVersionedRow, D extends object, I extends object>(
  props: FormViewProps<R, D, I>,
) {
  const { title, back, existing, ...rest } = props;
  return (
    <Page title={title} {...(back && { back })} width="narrow">
      <Card sx={{ p: { xs: 2, sm: 3 } }}>
        {existing !== undefined && existing.data === undefined ? (
          existing.isLoading ? (
            <FormSkeleton />
          ) : (
            <ErrorState error={existing.error} onRetry={existing.refetch} />
          )
        ) : (
          // Keyed by the row: another row is another form, a newer version of the same row is not.
          <RowForm
            key={existing?.data?.id ?? "new"}
            {...rest}
            row={existing?.data}
            reload={existing === undefined ? undefined : existing.refetch}
          />
        )}
      </Card>
    </Page>
  );
}

function FormSkeleton() {
  return (
    <Stack sx={{ gap: 2.5 }} aria-busy>
      {[1, 2, 3, 4].map((line) => (
        <Skeleton key={line} variant="rounded" height={40} />
      ))}
    </Stack>
  );
}
