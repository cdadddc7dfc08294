import Accordion from "@mui/material/Accordion";
import AccordionDetails from "@mui/material/AccordionDetails";
import AccordionSummary from "@mui/material/AccordionSummary";
import Box from "@mui/material/Box";
import Chip from "@mui/material/Chip";
import Stack from "@mui/material/Stack";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableContainer from "@mui/material/TableContainer";
import TableRow from "@mui/material/TableRow";
import Typography from "@mui/material/Typography";
import type { ReactNode } from "react";

import { Icon } from "../../shared/ui/icons.tsx";
import {
  type Endpoint,
  membersOf,
  type OpenApiDocument,
  resolve,
  type Schema,
  typeName,
} from "./document.ts";
import { TryIt } from "./TryIt.tsx";

const tones: Record<string, string> = {
  get: "info.main",
  post: "success.main",
  put: "warning.main",
  patch: "warning.main",
  delete: "error.main",
};

export function EndpointPanel({ document, endpoint }: { document: OpenApiDocument; endpoint: Endpoint }) {
  const { method, path, operation } = endpoint;
  const permission = operation["x-permission"];
  return (
    <Accordion disableGutters elevation={0} square slotProps={{ transition: { unmountOnExit: true } }}>
      <AccordionSummary
        expandIcon={<Icon name="chevron" sx={{ transform: "rotate(90deg)", fontSize: 18 }} />}
      >
        <Stack direction="row" sx={{ gap: 1.5, alignItems: "baseline", flexWrap: "wrap", minWidth: 0 }}>
          <Typography
            component="span"
            sx={{ width: 58, fontSize: "0.75rem", fontWeight: 700, color: tones[method] ?? "text.primary" }}
          >
            {method.toUpperCase()}
          </Typography>
          <Box component="code" sx={{ fontSize: "0.8125rem", overflowWrap: "anywhere" }}>
            {path}
          </Box>
          <Typography component="span" variant="caption" sx={{ color: "text.secondary" }}>
            {operation.summary}
          </Typography>
        </Stack>
      </AccordionSummary>
      <AccordionDetails sx={{ px: { xs: 2, sm: 3 }, pb: 3 }}>
        <Stack sx={{ gap: 2.5 }}>
          {operation.description !== undefined && (
            <Typography variant="body2">{operation.description}</Typography>
          )}
          {permission !== undefined && (
            <div>
              <Chip icon={<Icon name="lock" />} label={`Needs ${permission}`} variant="outlined" />
            </div>
          )}
          <Parameters document={document} endpoint={endpoint} />
          <Answers document={document} endpoint={endpoint} />
          <TryIt document={document} endpoint={endpoint} />
        </Stack>
      </AccordionDetails>
    </Accordion>
  );
}

function Parameters({ document, endpoint }: { document: OpenApiDocument; endpoint: Endpoint }) {
  const parameters = (endpoint.operation.parameters ?? []).map((parameter) => resolve(document, parameter));
  const body = endpoint.operation.requestBody;
  const schema =
    body === undefined ? undefined : resolve(document, body).content?.["application/json"]?.schema;
  const members = membersOf(document, schema);
  if (parameters.length === 0 && members.length === 0) return null;
  return (
    <Block title="What it takes">
      {parameters.map((parameter) => (
        <Line
          key={`${parameter.in} ${parameter.name}`}
          name={parameter.name}
          place={parameter.in}
          required={parameter.required ?? false}
          schema={parameter.schema}
          description={parameter.description}
        />
      ))}
      {members.map(([name, member, required]) => (
        <Line
          key={name}
          name={name}
          place="body"
          required={required}
          schema={member}
          description={member.description}
        />
      ))}
    </Block>
  );
}

function Answers({ document, endpoint }: { document: OpenApiDocument; endpoint: Endpoint }) {
  const answers = Object.entries(endpoint.operation.responses ?? {});
  if (answers.length === 0) return null;
  return (
    <Block title="What it answers">
      {answers.map(([status, answer]) => {
        const resolved = resolve(document, answer);
        return (
          <Line
            key={status}
            name={status}
            place=""
            required={false}
            schema={resolved.content?.["application/json"]?.schema}
            description={resolved.description}
          />
        );
      })}
    </Block>
  );
}

function Block({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <Typography variant="h3" sx={{ mb: 0.5 }}>
        {title}
      </Typography>
      <TableContainer>
        <Table size="small" aria-label={title}>
          <TableBody>{children}</TableBody>
        </Table>
      </TableContainer>
    </div>
  );
}

interface LineProps {
  name: string;
  place: string;
  required: boolean;
  schema: Schema | undefined;
  description: string | undefined;
}

function Line({ name, place, required, schema, description }: LineProps) {
  return (
    <TableRow sx={{ verticalAlign: "top" }}>
      <TableCell component="th" scope="row" sx={{ pl: 0, whiteSpace: "nowrap" }}>
        <code>{name}</code>
        {required && (
          <Typography component="span" variant="caption" sx={{ color: "error.main", ml: 0.75 }}>
            required
          </Typography>
        )}
        {place !== "" && (
          <Typography component="div" variant="caption" sx={{ color: "text.secondary" }}>
            {place}
          </Typography>
        )}
      </TableCell>
      <TableCell sx={{ width: "100%", pr: 0 }}>
        {schema !== undefined && (
          <Box component="code" sx={{ fontSize: "0.8125rem", overflowWrap: "anywhere" }}>
            {typeName(schema)}
          </Box>
        )}
        {description !== undefined && (
          <Typography variant="caption" component="div" sx={{ color: "text.secondary" }}>
            {description}
          </Typography>
        )}
      </TableCell>
    </TableRow>
  );
}
