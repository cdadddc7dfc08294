import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useState } from "react";

import { client } from "../../shared/api/client.ts";
import { toApiError } from "../../shared/api/errors.ts";
import { usePublicSettingsQuery } from "../../shared/settings/api.ts";
import { Icon } from "../../shared/ui/icons.tsx";
import { JsonBlock } from "../../shared/ui/values.tsx";
import { type Endpoint, exampleOf, type OpenApiDocument, resolve } from "./document.ts";

interface Outcome {
  status: number;
  milliseconds: number;
  body: unknown;
}

interface TryItProps {
  document: OpenApiDocument;
  endpoint: Endpoint;
}

/** A form to try the endpoint, unless the server's settings say that there is none. */
export function TryIt(props: TryItProps) {
  const { data } = usePublicSettingsQuery();
  return data?.docs_try === false ? null : <Trial {...props} />;
}

/** Sends a request as the person who is signed in and shows what came back. */
function Trial({ document, endpoint }: TryItProps) {
  const { operation } = endpoint;
  const parameters = (operation.parameters ?? [])
    .map((parameter) => resolve(document, parameter))
    .filter((parameter) => parameter.in === "path" || parameter.in === "query");
  const schema =
    operation.requestBody && resolve(document, operation.requestBody).content?.["application/json"]?.schema;

  const [values, setValues] = useState<Record<string, string>>({});
  const [body, setBody] = useState(() =>
    schema === undefined ? "" : JSON.stringify(exampleOf(document, schema), null, 2),
  );
  const [problem, setProblem] = useState<string | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [busy, setBusy] = useState(false);

  const send = async () => {
    setProblem(null);
    const missing = parameters.find((parameter) => parameter.in === "path" && !values[parameter.name]);
    if (missing !== undefined) {
      setProblem(`Enter a value for ${missing.name}.`);
      return;
    }
    setBusy(true);
    try {
      const query = parameters.filter((parameter) => parameter.in === "query" && values[parameter.name]);
      setOutcome(
        await request(
          endpoint,
          values,
          query.map((parameter) => parameter.name),
          body,
        ),
      );
    } catch (failure) {
      if (failure instanceof SyntaxError) setProblem("The body is not valid JSON.");
      else setProblem(toApiError(failure).message);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Box sx={{ p: 2, borderRadius: 2, border: 1, borderColor: "divider" }}>
      <Typography variant="h3" sx={{ mb: 1.5 }}>
        Try it
      </Typography>
      <Stack sx={{ gap: 1.5 }}>
        {parameters.length > 0 && (
          <Box
            sx={{
              display: "grid",
              gap: 1.5,
              gridTemplateColumns: { xs: "1fr", sm: "repeat(auto-fill, minmax(200px, 1fr))" },
            }}
          >
            {parameters.map((parameter) => (
              <TextField
                key={parameter.name}
                label={parameter.name}
                required={parameter.required ?? false}
                value={values[parameter.name] ?? ""}
                onChange={(event) => setValues({ ...values, [parameter.name]: event.target.value })}
              />
            ))}
          </Box>
        )}
        {schema !== undefined && (
          <TextField
            label="Body (JSON)"
            multiline
            minRows={3}
            maxRows={16}
            value={body}
            onChange={(event) => setBody(event.target.value)}
            slotProps={{
              htmlInput: {
                spellCheck: false,
                style: { fontFamily: "ui-monospace, monospace", fontSize: 13 },
              },
            }}
          />
        )}
        <div>
          <Button
            variant="contained"
            size="small"
            loading={busy}
            onClick={() => void send()}
            startIcon={<Icon name="play" />}
          >
            Send
          </Button>
        </div>
        <div role="status">
          {problem !== null && <Alert severity="error">{problem}</Alert>}
          {problem === null && outcome !== null && (
            <Stack sx={{ gap: 1 }}>
              <Typography variant="caption">
                Status {outcome.status} in {Math.round(outcome.milliseconds)} ms
              </Typography>
              <JsonBlock value={outcome.body} />
            </Stack>
          )}
        </div>
      </Stack>
    </Box>
  );
}

async function request(
  { method, path }: Endpoint,
  values: Record<string, string>,
  query: string[],
  body: string,
): Promise<Outcome> {
  const data: unknown = body.trim() === "" ? undefined : JSON.parse(body);
  const started = performance.now();
  const answer = await client.request<unknown>({
    // Paths of the document are whole, with `/api` in front.
    baseURL: "",
    url: path.replaceAll(/\{(\w+)\}/gu, (_place, name: string) => encodeURIComponent(values[name] ?? "")),
    method,
    data,
    params: Object.fromEntries(query.map((name) => [name, values[name]])),
    validateStatus: (status) => status !== 401,
  });
  return { status: answer.status, milliseconds: performance.now() - started, body: answer.data };
}
