// Shows the built application in a browser and keeps a picture of each page: `node screens/shoot.ts [page…]`.
import { readFile } from "node:fs/promises";
import { createServer, request as forward } from "node:http";
import { mkdirSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";

import chromium from "@sparticuz/chromium";
import axe from "axe-core";
import { type Page, chromium as browsers } from "playwright-core";

import { TestServer } from "../tests/support/server.ts";
import { options } from "./data.ts";

const root = join(import.meta.dirname, "..");
const output = join(root, ".screenshots");
const api = new TestServer(options);
const apiAddress = await api.start();
// The policy of the production server is tried with it.
const headers = await readFile(join(root, "nginx/security-headers.conf"), "utf8");
const policy = /Content-Security-Policy "([^"]+)"/u.exec(headers)?.[1] ?? "";
const types: Record<string, string> = {
  ".js": "text/javascript",
  ".html": "text/html",
  ".svg": "image/svg+xml",
};

const web = createServer((incoming, outgoing) => {
  const url = incoming.url ?? "/";
  if (url.startsWith("/api")) {
    const passed = forward(
      apiAddress + url,
      { method: incoming.method, headers: incoming.headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      },
    );
    incoming.pipe(passed);
    return;
  }
  const path = extname(url) === "" ? "/index.html" : url;
  void readFile(join(root, "dist", path)).then(
    (content) => {
      outgoing.writeHead(200, {
        "content-type": types[extname(path)] ?? "text/plain",
        "content-security-policy": policy,
      });
      outgoing.end(content);
    },
    () => outgoing.writeHead(404).end(),
  );
});
await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
const base = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;

type Step = (page: Page) => Promise<unknown>;
const pages: Record<string, { address: string; step?: Step }> = {
  home: { address: "/" },
  samples: { address: "/samples?page_size=50" },
  filters: {
    address: "/samples?parent=sample-0",
    step: (page) => page.getByText("Created from").first().waitFor(),
  },
  empty: { address: "/samples?search=nothing-like-this" },
  sample: { address: "/samples/sample-2" },
  form: {
    address: "/samples/sample-2/edit",
    step: async (page) => {
      await page.getByLabel("Title").fill("");
      await page.getByRole("button", { name: "Save" }).click();
    },
  },
  conflict: {
    address: "/samples/sample-4/edit",
    step: async (page) => {
      await page.getByLabel("Title").fill("Mine");
      const row = options.collections["samples"]?.rows.find((candidate) => candidate.id === "sample-4");
      if (row !== undefined) row["row_version"] = Number(row["row_version"]) + 1;
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByRole("alert").waitFor();
    },
  },
  users: { address: "/users?page_size=50" },
  confirm: {
    address: "/users/user-1",
    step: (page) => page.getByRole("button", { name: "Delete" }).click(),
  },
  userform: {
    address: "/users/new",
    step: async (page) => {
      await page.getByLabel("Name").fill("refuse me");
      await page.getByLabel("Email").fill("eve@example.com");
      await page.getByRole("button", { name: "Create user" }).click();
      await page.getByRole("alert").waitFor();
    },
  },
  roles: { address: "/roles" },
  grid: {
    address: "/roles/permissions",
    step: (page) => page.getByRole("checkbox").nth(1).click(),
  },
  usergrid: { address: "/users/roles" },
  audit: { address: "/audit-entries" },
  entry: {
    address: "/audit-entries",
    step: (page) =>
      page
        .getByRole("main")
        .getByRole("button", { name: /20\d\d/u })
        .first()
        .click(),
  },
  health: { address: "/admin/health" },
  docs: {
    address: "/docs",
    step: (page) => page.getByRole("button", { name: /POST/u }).first().click(),
  },
  missing: { address: "/nowhere" },
  menu: {
    address: "/samples",
    step: async (page) => {
      const button = page.getByRole("button", { name: "Open the navigation" });
      if (await button.isVisible()) await button.click();
    },
  },
};

mkdirSync(output, { recursive: true });
const wanted = process.argv.slice(2);
// In one process, Chromium does not outlive its first context; and the default flags would switch web security off.
const args = chromium.args.filter(
  (flag) => !["--single-process", "--no-zygote", "--disable-web-security"].includes(flag),
);
let problems = 0;
for (const scheme of ["light", "dark"] as const) {
  for (const width of [390, 1440]) {
    const browser = await browsers.launch({
      executablePath: await chromium.executablePath(),
      args,
      headless: true,
    });
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme });
    const page = await context.newPage();
    page.on("console", (message) => {
      if (message.type() === "error") console.log(scheme, width, page.url(), message.text());
    });
    await page.goto(`${base}/login`);
    await page.waitForLoadState("networkidle");
    if (wanted.length === 0 || wanted.includes("login")) {
      await page.screenshot({ path: join(output, `login-${width}-${scheme}.png`) });
      await page.goto(`${base}/register`);
      await page.waitForLoadState("networkidle");
      await page.screenshot({ path: join(output, `register-${width}-${scheme}.png`) });
      await page.goto(`${base}/login`);
    }
    await page.getByLabel("E-mail").fill("ann@example.com");
    await page.getByLabel("Password", { exact: false }).first().fill("correct horse battery");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "Welcome, Ann Example" }).waitFor();
    for (const [name, { address, step }] of Object.entries(pages)) {
      if (wanted.length > 0 && !wanted.includes(name)) continue;
      if (
        scheme === "dark" &&
        wanted.length === 0 &&
        !["home", "users", "form", "grid", "docs"].includes(name)
      )
        continue;
      await page.goto(base + address);
      await page.waitForLoadState("networkidle");
      await step?.(page);
      await page.waitForTimeout(350);
      await page.screenshot({ path: join(output, `${name}-${width}-${scheme}.png`) });
      for (const line of await accessibility(page)) {
        console.log(`${name} ${width} ${scheme}: ${line}`);
        problems += 1;
      }
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (overflow > 0) console.log(`${name} ${width}: ${overflow} pixels too wide`);
      problems += overflow > 0 ? 1 : 0;
    }
    await browser.close();
  }
}

/** What axe finds wrong, one line each. */
async function accessibility(shown: Page): Promise<string[]> {
  await shown.evaluate(axe.source);
  return shown.evaluate(async () => {
    const { axe: checker } = window as unknown as { axe: typeof axe };
    const { violations } = await checker.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "best-practice"] });
    return violations.map(({ id, nodes }) => `${id} (${nodes.length}) ${nodes[0]?.html.slice(0, 160)}`);
  });
}

await api.stop();
web.closeAllConnections();
web.close();
process.exitCode = problems > 0 ? 1 : 0;
