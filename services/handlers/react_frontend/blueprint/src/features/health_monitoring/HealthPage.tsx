import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Card from "@mui/material/Card";
import Chip from "@mui/material/Chip";
import Skeleton from "@mui/material/Skeleton";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useCallback, useEffect, useState } from "react";

import { client } from "../../shared/api/client.ts";
import { type ApiError, toApiError } from "../../shared/api/errors.ts";
import { formatNumber } from "../../shared/format.ts";
import { ErrorState } from "../../shared/ui/ErrorState.tsx";
import { Icon } from "../../shared/ui/icons.tsx";
import { Page } from "../../shared/ui/Page.tsx";
import { PlainList } from "../../shared/ui/PlainList.tsx";
import { DateTime } from "../../shared/ui/values.tsx";
import type { ReadyAnswer } from "./api.ts";

const everySeconds = 15;

interface Report {
  answer: ReadyAnswer;
  at: string;
}

/** Asks the server and each of its dependencies, again and again while the page is in view. */
export default function HealthPage() {
  const { report, error, asking, ask } = useReadiness();
  return (
    <Page
      title="Health"
      subtitle={`The server and what it depends on, asked every ${everySeconds} seconds.`}
      actions={
        <Button variant="outlined" onClick={ask} loading={asking} startIcon={<Icon name="refresh" />}>
          Ask now
        </Button>
      }
    >
      {report === null && error === null && <Skeleton variant="rounded" height={180} />}
      {error !== null && (
        <Card>
          <ErrorState error={error} onRetry={ask} />
        </Card>
      )}
      {report !== null && error === null && <Readiness {...report} />}
    </Page>
  );
}

function Readiness({ answer, at }: Report) {
  const ok = answer.status === "ok";
  return (
    <Stack sx={{ gap: 2 }}>
      <Card sx={{ p: 2.5 }}>
        <Stack direction="row" role="status" sx={{ gap: 2, alignItems: "center" }}>
          <Box sx={{ display: "grid", color: ok ? "success.main" : "error.main" }}>
            <Icon name={ok ? "check" : "warning"} fontSize="large" />
          </Box>
          <div>
            <Typography variant="h2">{ok ? "Everything works" : "Something is down"}</Typography>
            <Typography variant="caption" sx={{ color: "text.secondary" }}>
              Asked <DateTime value={at} exact />
            </Typography>
          </div>
        </Stack>
      </Card>
      <Card component="section" aria-label="Dependencies">
        <PlainList>
          {answer.checks.map((check) => (
            <Box
              component="li"
              key={check.name}
              sx={{
                display: "flex",
                flexWrap: "wrap",
                alignItems: "center",
                gap: 1.5,
                px: 2.5,
                py: 1.5,
                "& + &": { borderTop: 1, borderColor: "divider" },
              }}
            >
              <Typography sx={{ fontWeight: 540, flex: 1, minWidth: 120, overflowWrap: "anywhere" }}>
                {check.name}
              </Typography>
              <Typography variant="caption" sx={{ color: "text.secondary" }}>
                {check.required ? "required" : "optional"}
                {typeof check.milliseconds === "number" && ` · ${formatNumber(check.milliseconds)} ms`}
              </Typography>
              <Chip
                label={check.state}
                color={check.state === "up" ? "success" : "error"}
                variant="outlined"
              />
            </Box>
          ))}
        </PlainList>
      </Card>
    </Stack>
  );
}

/** A failing server answers 503 with the same body, which is an answer here and no error. */
async function askServer(): Promise<Report> {
  const { data } = await client.get<ReadyAnswer>("/ready", {
    validateStatus: (status) => status === 200 || status === 503,
  });
  if (!Array.isArray(data.checks)) throw new TypeError("The answer names no checks.");
  return { answer: data, at: new Date().toISOString() };
}

function useReadiness() {
  const [report, setReport] = useState<Report | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [asking, setAsking] = useState(true);

  const learn = useCallback(
    () =>
      askServer()
        .then(
          (found) => {
            setReport(found);
            setError(null);
          },
          (failure: unknown) => setError(toApiError(failure)),
        )
        .finally(() => setAsking(false)),
    [],
  );

  useEffect(() => {
    void learn();
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") void learn();
    }, everySeconds * 1000);
    return () => clearInterval(timer);
  }, [learn]);

  const ask = () => {
    setAsking(true);
    void learn();
  };
  return { report, error, asking, ask };
}
