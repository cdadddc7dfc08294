import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createBrowserRouter } from "react-router";

import { App } from "./app/App.tsx";
import { StartFailure } from "./app/pages/StartFailure.tsx";
import { createRoutes } from "./app/routes.tsx";
import { createStore } from "./app/store.ts";
import { features } from "./features/index.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("The page has no element with the id `root`.");

const store = createStore();
const page = createRoot(root);

/** Before the first page is chosen it must be known who asks; otherwise a reload would show the sign-in page for a moment. */
async function begin(): Promise<void> {
  try {
    await Promise.all(features.map(async (feature) => feature.start?.(store)));
  } catch (failure) {
    page.render(<StartFailure error={failure} onRetry={() => void begin()} />);
    return;
  }
  page.render(
    <StrictMode>
      <App store={store} router={createBrowserRouter(createRoutes(features))} />
    </StrictMode>,
  );
}

await begin();
