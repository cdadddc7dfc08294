import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";

import {
  exampleOf,
  membersOf,
  typeName,
  type OpenApiDocument,
} from "../../../src/features/api_documentation/document.ts";
import { client } from "../../../src/shared/api/client.ts";
import { problem, type TestServerOptions } from "../../support/server.ts";
import { visit } from "../../support/visit.tsx";

const name = { type: "string", description: "What it is called." };
const document: OpenApiDocument = {
  openapi: "3.1.0",
  info: { title: "Sample", version: "1.0.0", description: "Every answer carries `X-Id`." },
  paths: {
    "/api/things": {
      get: {
        operationId: "listThings",
        summary: "Lists things",
        tags: ["Things"],
        responses: { "200": { description: "A page." } },
      },
      post: {
        operationId: "createThing",
        description: "Makes one.",
        tags: ["Things"],
        "x-permission": "things.manage",
        requestBody: {
          content: { "application/json": { schema: { $ref: "#/components/schemas/ThingInput" } } },
        },
        responses: {
          "201": { content: { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } } },
        },
      },
    },
    "/api/things/{id}": {
      get: {
        parameters: [
          { name: "id", in: "path", required: true, schema: { type: "string", format: "uuid" } },
          { name: "expand", in: "query", schema: { type: "string" } },
        ],
      },
    },
  },
  components: {
    schemas: {
      ThingInput: { type: "object", required: ["name"], properties: { name } },
      Thing: { type: "object" },
    },
  },
};

function open(answers: TestServerOptions["answers"] = {}) {
  return visit("/docs", {
    collections: {},
    answers: { "GET /api/openapi": { status: 200, body: document }, ...answers },
    signedIn: ["users.read", "docs.read"],
  });
}

async function panel(label: RegExp) {
  const summary = await screen.findByRole("button", { name: label });
  fireEvent.click(summary);
  return within(summary.closest(".MuiAccordion-root") as HTMLElement);
}

test("endpoints are listed by area and found by part of their path", async () => {
  const { user } = await open();
  expect(await screen.findByRole("heading", { level: 2, name: "Things" })).toBeTruthy();
  expect(screen.getByRole("heading", { level: 2, name: "General" })).toBeTruthy();
  expect(screen.getByText("X-Id").tagName).toBe("CODE");
  await user.type(screen.getByLabelText("Search endpoints"), "zebra");
  expect(await screen.findByText("No endpoint fits")).toBeTruthy();
});

test("an endpoint says what it needs, takes and answers", async () => {
  await open();
  const shown = await panel(/POST/u);
  expect(shown.getByText("Needs things.manage")).toBeTruthy();
  expect(shown.getByText("required")).toBeTruthy();
  expect(shown.getByText("What it is called.")).toBeTruthy();
  expect(shown.getByText("201")).toBeTruthy();
});

test("a request is sent as the visitor, and its answer is shown", async () => {
  const { user, server } = await open({ "POST /api/things": { status: 201, body: { id: "1" } } });
  const shown = await panel(/POST/u);
  const origin = (client.defaults.baseURL ?? "").replace(/\/api$/u, "");
  vi.spyOn(client, "request").mockImplementationOnce((config) =>
    client.request({ ...config, baseURL: origin }),
  );
  // Paths of the document are whole; a browser would ask its own origin.
  fireEvent.change(shown.getByLabelText("Body (JSON)"), { target: { value: "{" } });
  await user.click(shown.getByRole("button", { name: "Send" }));
  expect(await shown.findByText("The body is not valid JSON.")).toBeTruthy();
  fireEvent.change(shown.getByLabelText("Body (JSON)"), { target: { value: '{"name": "x"}' } });
  await user.click(shown.getByRole("button", { name: "Send" }));
  expect(await shown.findByText(/^Status 201 in/u)).toBeTruthy();
  const sent = server.received.find((request) => request.path === "/api/things");
  expect(sent?.body).toEqual({ name: "x" });
  expect(sent?.headers.authorization).toMatch(/^Bearer/u);
});

test("nothing can be tried where the settings say so", async () => {
  await open({ "GET /api/public-settings": { status: 200, body: { docs_try: false } } });
  const shown = await panel(/POST/u);
  expect(shown.getByText("What it takes")).toBeTruthy();
  await waitFor(() => expect(shown.queryByText("Try it")).toBeNull());
});

test("a path with a gap is not asked for", async () => {
  const { user, server } = await open();
  const shown = await panel(/things\/\{id\}/u);
  await user.type(shown.getByLabelText("expand"), "all");
  await user.click(shown.getByRole("button", { name: "Send" }));
  expect(await shown.findByText("Enter a value for id.")).toBeTruthy();
  expect(server.received.some((request) => request.path.startsWith("/api/things"))).toBe(false);
});

test("the document can be kept", async () => {
  const { user } = await open();
  const created = vi.fn<(blob: Blob) => string>(() => "blob:x");
  Object.assign(URL, { createObjectURL: created, revokeObjectURL: () => undefined });
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => undefined);
  await user.click(await screen.findByRole("button", { name: "Download" }));
  expect(JSON.parse((await created.mock.calls[0]?.[0]?.text()) ?? "")).toEqual(document);
});

test("a document that cannot be read is told", async () => {
  await open({ "GET /api/openapi": problem(403, "forbidden", "Not for you.") });
  await waitFor(() => expect(screen.getByText("Not for you.")).toBeTruthy());
});

test.each([
  [{ type: "array", items: { $ref: "#/components/schemas/Thing" } }, "Thing[]", []],
  [{ type: ["string", "null"], format: "email" }, "string | null (email)", "person@example.com"],
  [{ enum: ["a", "b"] }, '"a" | "b"', "a"],
  [{ anyOf: [{ type: "boolean" }, { type: "null" }] }, "boolean | null", false],
  [{ type: "integer", minimum: 3 }, "integer", 3],
  [{ type: "string", format: "date-time" }, "string (date-time)", "2026-01-31T12:00:00.000Z"],
  [{ type: "string", format: "date" }, "string (date)", "2026-01-31"],
  [{ type: "string", format: "uuid" }, "string (uuid)", "00000000-0000-7000-8000-000000000000"],
  [{ type: "object", properties: { name } }, "object", { name: "" }],
  [undefined, "any", null],
])("schema %#", (schema, type, example) => {
  expect(typeName(schema)).toBe(type);
  expect(exampleOf(document, schema)).toEqual(example);
});

test("members of the schemas that one is put together from are its own", () => {
  const whole = {
    allOf: [{ $ref: "#/components/schemas/ThingInput" }],
    properties: { size: { type: "integer" } },
  };
  expect(membersOf(document, whole).map(([member, , needed]) => [member, needed])).toEqual([
    ["name", true],
    ["size", false],
  ]);
});
