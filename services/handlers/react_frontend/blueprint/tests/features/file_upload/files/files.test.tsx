import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { uploads } from "../../../../src/features/file_upload/uploads.ts";
import { storedRow } from "../../../support/rows.ts";
import { problem, type TestServerOptions } from "../../../support/server.ts";
import { visit } from "../../../support/visit.tsx";

const file = (id: string, members: Record<string, unknown> = {}, can = ["download", "update", "delete"]) =>
  storedRow(
    id,
    {
      name: `${id}.pdf`,
      content_type: "application/pdf",
      size: 1536,
      received: 1536,
      state: "ready",
      ...members,
    },
    can,
  );

function open(rows = [file("report")], answers: TestServerOptions["answers"] = {}) {
  return visit("/files", { collections: { "stored-files": { rows } }, answers, signedIn: [] });
}

test("files are listed with their kind, their size and how much of them is there", async () => {
  await open([file("report"), file("half", { state: "receiving", received: 384 }, ["append", "delete"])]);
  const row = await screen.findByRole("row", { name: /report\.pdf/u });
  expect(row.textContent).toContain("PDF");
  expect(row.textContent).toContain("1.5 kB");
  expect(within(screen.getByRole("row", { name: /half/u })).getByText("25% received")).toBeTruthy();
});

test("a file is renamed, and deleted after a question", async () => {
  const { user, server } = await open();
  await user.click(await screen.findByRole("button", { name: "Actions for report.pdf" }));
  await user.click(await screen.findByRole("menuitem", { name: "Rename" }));
  const input = await screen.findByRole("textbox", { name: /Name/u });
  await user.clear(input);
  await user.type(input, "figures.pdf");
  await user.click(screen.getByRole("button", { name: "Rename" }));
  await user.click(await screen.findByRole("button", { name: "Actions for figures.pdf" }));
  await user.click(await screen.findByRole("menuitem", { name: "Delete" }));
  await user.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Delete" }));
  expect(await screen.findByText("No files yet")).toBeTruthy();
  const writes = server.received.filter(({ method }) => method !== "GET");
  expect(writes.map(({ method, headers }) => [method, headers["if-match"]])).toEqual([
    ["PATCH", '"1"'],
    ["DELETE", '"2"'],
  ]);
});

test("what is taken is said before anything is chosen", async () => {
  const body = { files_max_mb: 25, files_types: "image/png application/pdf text/csv" };
  await open([], { "GET /api/public-settings": { status: 200, body } });
  expect(await screen.findByText("PNG, PDF, or CSV, up to 25 MB each")).toBeTruthy();
});

test("what is dropped is sent, and a refusal stands there until it is dismissed", async () => {
  const refusal = problem(413, "too_large", "A file has at most 1048576 bytes.");
  const { user } = await open([], { "POST /api/start-upload": refusal });
  await screen.findByText("No files yet");
  await user.upload(screen.getByLabelText("Files to upload"), new File(["content"], "film.txt"));
  const alert = await screen.findByText(/Too large/u);
  expect(alert.closest("[role=alert]")?.textContent).toContain("film.txt was not uploaded");
  expect(alert.textContent).toContain("1 MB at most");
  await user.click(screen.getByRole("button", { name: "Close" }));
  await waitFor(() => expect(screen.queryByText(/Too large/u)).toBeNull());
  expect(uploads.current()).toEqual([]);
});
