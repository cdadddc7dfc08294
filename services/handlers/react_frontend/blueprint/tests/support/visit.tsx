import { render } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { createMemoryRouter } from "react-router";
import { onTestFinished } from "vitest";

import { App } from "../../src/app/App.tsx";
import { createRoutes } from "../../src/app/routes.tsx";
import { createStore } from "../../src/app/store.ts";
import { features } from "../../src/features/index.ts";
import { client, setAccessToken } from "../../src/shared/api/client.ts";
import type { Feature } from "../../src/shared/feature.ts";
import { sessionOpened } from "../../src/shared/session/session.ts";
import { TestServer, type TestServerOptions } from "./server.ts";

interface VisitOptions extends TestServerOptions {
  /** Somebody is signed in already, with these permissions; null where the server does not tell them. */
  signedIn?: string[] | null;
  /** Features beside those of the application. */
  extra?: Feature[];
}

interface Visit {
  server: TestServer;
  user: UserEvent;
  /** Where the browser is. */
  location: () => string;
}

/** Opens the whole application at an address, against a server of its own. */
export async function visit(address: string, options: VisitOptions): Promise<Visit> {
  const person = options.person ?? {
    email: "ann@example.com",
    password: "correct horse battery",
    name: "Ann Example",
    permissions: options.signedIn === undefined ? [] : options.signedIn,
  };
  const server = new TestServer({ ...options, person });
  client.defaults.baseURL = `${await server.start()}/api`;
  // The adapter of browsers would ask for CORS, which an application behind one origin never needs.
  client.defaults.adapter = "http";
  onTestFinished(() => server.stop());

  const store = createStore();
  setAccessToken(null);
  await Promise.all(features.map(async (feature) => feature.start?.(store)));
  if (options.signedIn !== undefined) {
    setAccessToken(server.issue().access_token);
    store.dispatch(
      sessionOpened({
        userId: "person",
        name: person.name,
        email: person.email,
        permissions: options.signedIn,
      }),
    );
  }

  // Only tests of the stream of events have a server for it, and bring the feature with them.
  const quiet = features.filter((feature) => feature.name !== "live");
  const all = [...quiet, ...(options.extra ?? [])];
  const router = createMemoryRouter(createRoutes(all), { initialEntries: [address] });
  render(<App store={store} router={router} />);
  const location = () => {
    const { pathname, search, hash } = router.state.location;
    return pathname + search + hash;
  };
  return { server, user: userEvent.setup({ delay: null }), location };
}
