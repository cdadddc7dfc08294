import { storedRow } from "../tests/support/rows.ts";
import type { TestServerOptions } from "../tests/support/server.ts";

const names = [
  "Ann Example",
  "Maximiliane Freifrau von Hohenlohe-Waldenburg-Schillingsfürst und zu Bartenstein",
  "Bob",
  "José Ángel Núñez",
  "李小龍",
  "Priya Raghunathan",
];
const permissions = [
  ["users.read", "See all users"],
  ["users.manage", "Create, change, deactivate and delete users"],
  ["roles.read", "See roles"],
  ["roles.manage", "Change roles and who holds them"],
  ["audit.read", "Read the audit log"],
  ["health.read", "See the health page"],
  ["sample.manage", "Change every sample"],
] as const;
const roleNames = ["admin", "auditor", "editor", "A role with quite a long name for once"];

const reference = (id: string, display: string) => ({ id, display });
const roles = roleNames.map((name, index) =>
  storedRow(`role-${index}`, {
    name,
    description: index === 1 ? "Reads everything, changes nothing." : null,
    builtin: index < 2,
    permissions: permissions
      .filter((_p, at) => at % (index + 1) === 0)
      .map(([key], at) => reference(`permission-${at * (index + 1)}`, key)),
  }),
);
const users = Array.from({ length: 53 }, (_user, index) =>
  storedRow(
    `user-${index}`,
    {
      name: `${names[index % names.length]}${index < 6 ? "" : ` ${index}`}`,
      email: `person.${index}@example${index % 5 === 1 ? ".a-rather-long-department-name.example" : ""}.com`,
      active: index % 7 !== 3,
      last_login_at: index % 4 === 0 ? null : new Date(Date.now() - index * 5_400_000).toISOString(),
      roles: roles
        .filter((_role, at) => (index + at) % 3 === 0)
        .map((role) => reference(role.id, String(role["name"]))),
    },
    ["update", "delete", index % 7 === 3 ? "reactivate" : "deactivate"],
  ),
);
const samples = Array.from({ length: 50 }, (_sample, index) => ({
  ...storedRow(
    `sample-${index}`,
    {
      title:
        index === 2
          ? "A very long title that goes on and on, because somebody pasted a whole sentence where a few words were meant to stand, and more"
          : `Sample number ${index + 1}`,
      note: index % 3 === 0 ? null : "Something worth knowing about it, in a line or two.",
      parent: index % 4 === 1 ? reference("sample-0", "Sample number 1") : null,
      created_by: reference("user-0", "Ann Example"),
    },
    index % 2 === 0 ? ["update", "delete"] : [],
  ),
  updated_at: new Date(Date.now() - index * 7_200_000).toISOString(),
}));
const entries = Array.from({ length: 60 }, (_entry, index) => ({
  ...storedRow(
    `entry-${index}`,
    {
      actor: index % 5 === 4 ? null : reference("user-0", names[index % 3] ?? ""),
      action: ["Sample.updated", "User.deactivate", "login_failed", "Role.created"][index % 4],
      target_model: ["Sample", "User", "User", "Role"][index % 4],
      target_id: "018f0000-0000-7000-8000-000000000000",
      target_title: `Target ${index}`,
      before: { title: "first", note: null, unchanged: 1 },
      after: { title: "second", note: "A note", unchanged: 1 },
      address: "203.0.113.7",
      correlation: "5f0c1c7e9c0e4d0f",
    },
    [],
  ),
  created_at: new Date(Date.now() - index * 3_700_000).toISOString(),
}));

const body = (name: string) => ({
  content: { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } },
});
const openapi = {
  openapi: "3.1.0",
  info: {
    title: "Sample App",
    version: "1.0.0",
    description: "Everything this application can do, over HTTP.",
  },
  paths: {
    "/api/samples": {
      get: {
        operationId: "listSamples",
        tags: ["Sample"],
        summary: "List samples",
        parameters: [
          { name: "page", in: "query", schema: { type: "integer", minimum: 1, default: 1 } },
          { name: "search", in: "query", schema: { type: "string" } },
        ],
        responses: {
          200: { description: "One page of rows.", ...body("SamplePage") },
          401: { description: "Not signed in." },
        },
      },
      post: {
        operationId: "createSample",
        tags: ["Sample"],
        summary: "Create a sample",
        "x-permission": "sample.manage",
        requestBody: { required: true, ...body("SampleInput") },
        responses: {
          201: { description: "The new row.", ...body("Sample") },
          422: { description: "Refused." },
        },
      },
    },
    "/api/login": {
      post: {
        operationId: "login",
        tags: ["Authentication"],
        summary: "Sign in",
        responses: { 200: { description: "Tokens." } },
      },
    },
  },
  components: {
    schemas: {
      SampleInput: {
        type: "object",
        required: ["title"],
        properties: {
          title: { type: "string", maxLength: 200, description: "What it is called." },
          note: { type: ["string", "null"] },
          parent: { anyOf: [{ type: "string", format: "uuid" }, { type: "null" }] },
        },
      },
    },
  },
};

export const options: TestServerOptions = {
  person: {
    email: "ann@example.com",
    password: "correct horse battery",
    name: "Ann Example",
    permissions: permissions.map(([key]) => key),
  },
  collections: {
    users: { rows: users, search: ["name", "email"], required: ["name", "email"], display: "name" },
    roles: { rows: roles, search: ["name"], required: ["name"], display: "name" },
    permissions: {
      rows: permissions.map(([key, title], index) => ({ id: `permission-${index}`, can: [], key, title })),
      search: ["title"],
      display: "title",
    },
    samples: { rows: samples, search: ["title", "note"], required: ["title"], display: "title" },
    "audit-entries": { rows: entries, search: ["target_title"], cursor: true },
  },
  answers: {
    "GET /api/openapi": { status: 200, body: openapi },
    "GET /api/ready": {
      status: 503,
      body: {
        status: "failing",
        checks: [
          { name: "database", state: "up", required: true, milliseconds: 3 },
          { name: "redis", state: "down", required: false, milliseconds: 2000 },
        ],
      },
    },
  },
};
