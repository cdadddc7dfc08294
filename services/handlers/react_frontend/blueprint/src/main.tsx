import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createBrowserRouter } from "react-router";

import { App } from "./app/App.tsx";
import { createRoutes } from "./app/routes.tsx";
import { createStore } from "./app/store.ts";
import { features } from "./features/index.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("The page has no element with the id `root`.");

const store = createStore();
// Before the first page is chosen it must be known who asks; otherwise a reload would show the sign-in page for a moment.
await Promise.all(features.map((feature) => feature.start?.(store)));

createRoot(root).render(
  <StrictMode>
    <App store={store} router={createBrowserRouter(createRoutes(features))} />
  </StrictMode>,
);
