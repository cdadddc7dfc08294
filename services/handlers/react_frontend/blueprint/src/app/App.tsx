import CssBaseline from "@mui/material/CssBaseline";
import { ThemeProvider } from "@mui/material/styles";
import { Provider } from "react-redux";
import type { DataRouter } from "react-router";
import { RouterProvider } from "react-router/dom";

import { Toasts } from "../shared/ui/Toasts.tsx";
import type { AppStore } from "./store.ts";
import { theme } from "./theme.ts";

interface AppProps {
  store: AppStore;
  router: DataRouter;
}

export function App({ store, router }: AppProps) {
  return (
    <ThemeProvider theme={theme} defaultMode="system">
      <CssBaseline enableColorScheme />
      <Provider store={store}>
        <RouterProvider router={router} />
        <Toasts />
      </Provider>
    </ThemeProvider>
  );
}
