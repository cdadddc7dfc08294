import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Card from "@mui/material/Card";
import Skeleton from "@mui/material/Skeleton";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { createElement, useState } from "react";

import { SearchField } from "../../shared/list/SearchField.tsx";
import { EmptyState } from "../../shared/ui/EmptyState.tsx";
import { ErrorState } from "../../shared/ui/ErrorState.tsx";
import { Page } from "../../shared/ui/Page.tsx";
import { useOpenapiQuery } from "./api.ts";
import { endpointsByTag, isDocument, type OpenApiDocument } from "./document.ts";
import { EndpointPanel } from "./EndpointPanel.tsx";

/** The API as its own document describes it, with a form to try each endpoint. */
export default function DocsPage() {
  const { data, error, isLoading, refetch } = useOpenapiQuery();
  if (!isDocument(data)) {
    return (
      <Page title="API">
        {isLoading ? (
          <Stack sx={{ gap: 1 }} aria-busy>
            {[1, 2, 3, 4, 5, 6].map((line) => (
              <Skeleton key={line} variant="rounded" height={52} />
            ))}
          </Stack>
        ) : (
          <Card>
            <ErrorState error={error} onRetry={refetch} />
          </Card>
        )}
      </Page>
    );
  }
  return <Documentation document={data} />;
}

function Documentation({ document }: { document: OpenApiDocument }) {
  const [search, setSearch] = useState("");
  const groups = endpointsByTag(document, search);
  return (
    <Page
      title="API"
      subtitle={`${document.info.title} ${document.info.version} · OpenAPI ${document.openapi}`}
      actions={
        <Button variant="outlined" onClick={() => download(document)}>
          Download
        </Button>
      }
    >
      {document.info.description !== undefined && (
        <Typography variant="body2" sx={{ color: "text.secondary", mb: 2, maxWidth: 720 }}>
          {withCode(document.info.description)}
        </Typography>
      )}
      <Box sx={{ mb: 2.5 }}>
        <SearchField label="Search endpoints" value={search} onChange={setSearch} />
      </Box>
      {groups.size === 0 && (
        <Card>
          <EmptyState icon="search" title="No endpoint fits" body="Try part of a path, such as “users”." />
        </Card>
      )}
      <Stack sx={{ gap: 3 }}>
        {[...groups].map(([tag, endpoints]) => (
          <section key={tag} aria-label={inWords(tag)}>
            <Typography variant="h2" sx={{ mb: 1 }}>
              {inWords(tag)}
            </Typography>
            <Card>
              {endpoints.map((endpoint) => (
                <EndpointPanel key={endpoint.id} document={document} endpoint={endpoint} />
              ))}
            </Card>
          </section>
        ))}
      </Stack>
    </Page>
  );
}

/** `audit_logging` → `Audit logging`. */
function inWords(tag: string): string {
  const text = tag.replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Every second piece of a text split at backticks stood between two of them. */
function withCode(text: string) {
  return text
    .split("`")
    .map((piece, index) => (index % 2 === 1 ? createElement("code", { key: index }, piece) : piece));
}

function download(document: OpenApiDocument): void {
  const address = URL.createObjectURL(
    new Blob([JSON.stringify(document, null, 2)], { type: "application/json" }),
  );
  const link = window.document.createElement("a");
  link.href = address;
  link.download = "openapi.json";
  link.click();
  URL.revokeObjectURL(address);
}
