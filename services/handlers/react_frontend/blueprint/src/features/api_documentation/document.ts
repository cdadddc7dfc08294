/** As much of an OpenAPI 3.1 document as the page shows. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  default?: unknown;
  example?: unknown;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
}

export interface Parameter {
  $ref?: string;
  name: string;
  in: "path" | "query" | "header" | "cookie";
  required?: boolean;
  description?: string;
  schema?: Schema;
}

interface Body {
  $ref?: string;
  description?: string;
  required?: boolean;
  content?: Record<string, { schema?: Schema }>;
}

export interface Operation {
  operationId?: string;
  summary?: string;
  description?: string;
  tags?: string[];
  parameters?: Parameter[];
  requestBody?: Body;
  responses?: Record<string, Body>;
  security?: Record<string, string[]>[];
  "x-permission"?: string;
}

export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string; description?: string };
  servers?: { url: string }[];
  paths: Record<string, Partial<Record<string, Operation>>>;
  components?: Record<string, Record<string, unknown>>;
}

export interface Endpoint {
  id: string;
  method: string;
  path: string;
  operation: Operation;
}

const methods = ["get", "post", "put", "patch", "delete"];

export function isDocument(value: unknown): value is OpenApiDocument {
  return (
    typeof value === "object" && value !== null && "openapi" in value && "paths" in value && "info" in value
  );
}

/** The endpoints by their first tag, in the order of the document. */
export function endpointsByTag(document: OpenApiDocument, search: string): Map<string, Endpoint[]> {
  const needle = search.trim().toLowerCase();
  const found = new Map<string, Endpoint[]>();
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const method of methods) {
      const operation = operations[method];
      if (operation === undefined) continue;
      const text =
        `${method} ${path} ${operation.summary ?? ""} ${operation.operationId ?? ""}`.toLowerCase();
      if (!text.includes(needle)) continue;
      const tag = operation.tags?.[0] ?? "General";
      const endpoint = { id: operation.operationId ?? `${method} ${path}`, method, path, operation };
      found.set(tag, [...(found.get(tag) ?? []), endpoint]);
    }
  }
  return found;
}

/** What `#/components/schemas/User` points at; anything else comes back as it is. */
export function resolve<T extends { $ref?: string }>(document: OpenApiDocument, value: T): T {
  if (value.$ref === undefined) return value;
  const [, , section = "", name = ""] = value.$ref.split("/");
  return (document.components?.[section]?.[name] as T | undefined) ?? value;
}

/** A short name of a type: `User`, `string (uuid)`, `Role[]`. */
export function typeName(schema: Schema | undefined): string {
  if (schema === undefined) return "any";
  if (schema.$ref !== undefined) return schema.$ref.split("/").at(-1) ?? "object";
  if (schema.enum !== undefined) return schema.enum.map((item) => JSON.stringify(item)).join(" | ");
  const union = schema.anyOf ?? schema.oneOf;
  if (union !== undefined) return union.map(typeName).join(" | ");
  if (schema.type === "array") return `${typeName(schema.items)}[]`;
  const type = Array.isArray(schema.type) ? schema.type.join(" | ") : (schema.type ?? "object");
  return schema.format === undefined ? type : `${type} (${schema.format})`;
}

/** The members of an object schema, with those of the schemas that it is put together from. */
export function membersOf(
  document: OpenApiDocument,
  schema: Schema | undefined,
): [string, Schema, boolean][] {
  if (schema === undefined) return [];
  const resolved = resolve(document, schema);
  const own = Object.entries(resolved.properties ?? {}).map(([name, member]): [string, Schema, boolean] => [
    name,
    member,
    resolved.required?.includes(name) ?? false,
  ]);
  return [...(resolved.allOf ?? []).flatMap((part) => membersOf(document, part)), ...own];
}

/** A value that fits the schema, to start from when trying an endpoint. */
export function exampleOf(document: OpenApiDocument, schema: Schema | undefined, depth = 0): unknown {
  if (schema === undefined || depth > 4) return null;
  const resolved = resolve(document, schema);
  const given = resolved.example ?? resolved.default ?? resolved.enum?.[0];
  if (given !== undefined) return given;
  const union = resolved.anyOf ?? resolved.oneOf;
  return union === undefined
    ? plainExample(document, resolved, depth)
    : exampleOf(document, union[0], depth + 1);
}

function plainExample(document: OpenApiDocument, schema: Schema, depth: number): unknown {
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case "array":
      return [];
    case "boolean":
      return false;
    case "integer":
    case "number":
      return schema.minimum ?? 0;
    case "string":
      return stringExample(schema.format);
    default: {
      const members = membersOf(document, schema);
      return Object.fromEntries(
        members.map(([name, member]) => [name, exampleOf(document, member, depth + 1)]),
      );
    }
  }
}

function stringExample(format: string | undefined): string {
  switch (format) {
    case "email":
      return "person@example.com";
    case "uuid":
      return "00000000-0000-7000-8000-000000000000";
    case "date":
      return "2026-01-31";
    case "date-time":
      return "2026-01-31T12:00:00.000Z";
    default:
      return "";
  }
}
