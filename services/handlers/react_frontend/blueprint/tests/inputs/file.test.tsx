import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";

import { FileInput } from "../../src/shared/files/FileInput.tsx";
import type { Reference } from "../../src/shared/api/types.ts";
import { defineFeature } from "../../src/shared/feature.ts";
import { idOf } from "../../src/shared/form/convert.ts";
import { required } from "../../src/shared/form/rules.ts";
import { useForm } from "../../src/shared/form/useForm.ts";
import { signedIn } from "../../src/shared/session/session.ts";
import { takeNodeFiles } from "../support/nodeFiles.ts";
import { problem, type TestServerOptions } from "../support/server.ts";
import { visit } from "../support/visit.tsx";

function Trip() {
  const form = useForm<{ cover: Reference | null }>({ cover: null }, { cover: [required()] });
  return (
    <>
      <FileInput form={form} name="cover" label="Cover" images required />
      <output aria-label="Sent">{idOf(form.values.cover) ?? "nothing"}</output>
      <button onClick={() => form.check()}>Check</button>
    </>
  );
}

const page = defineFeature({
  name: "trips",
  routes: [{ path: "/trip", access: signedIn, load: async () => ({ default: Trip }) }],
  menu: [],
});

async function open(answers: TestServerOptions["answers"]) {
  await takeNodeFiles();
  const visited = await visit("/trip", { collections: {}, answers, extra: [page], signedIn: [] });
  const input = await screen.findByLabelText("Cover");
  const choose = (name: string) =>
    fireEvent.change(input, { target: { files: [new File(["content"], name)] } });
  return { ...visited, choose };
}

const sent = () => screen.getByRole("status", { name: "Sent" }).textContent;

test("a file is uploaded when it is chosen, and can be taken out again", async () => {
  const file = { id: "f1", display: "roof.png" };
  const { user, server, choose } = await open({ "POST /api/upload": { status: 200, body: { file } } });
  choose("roof.png");
  expect(await screen.findByText("roof.png")).toBeTruthy();
  expect(sent()).toBe("f1");
  const upload = server.received.find(({ path }) => path === "/api/upload");
  expect(upload?.body["text"]).toMatch(/name="content"; filename="roof.png"[\s\S]*content/u);
  await user.click(screen.getByRole("button", { name: "Remove" }));
  expect(sent()).toBe("nothing");
});

test("what is refused is told beside the input, and so is what is missing", async () => {
  const refusal = problem(413, "too_large", "A file has at most 1048576 bytes.");
  const { user, choose } = await open({ "POST /api/upload": refusal });
  choose("film.mp4");
  await waitFor(() => expect(screen.getByRole("alert").textContent).toContain("1 MB at most"));
  await user.click(screen.getByRole("button", { name: "Check" }));
  expect(screen.getByText("This is needed.")).toBeTruthy();
});
