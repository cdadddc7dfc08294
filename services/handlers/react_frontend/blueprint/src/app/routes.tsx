import type { RouteObject } from "react-router";

import type { Feature, FeatureRoute } from "../shared/feature.ts";
import { ErrorPage } from "./pages/ErrorPage.tsx";
import { HomePage } from "./pages/HomePage.tsx";
import { LoadingPage } from "./pages/LoadingPage.tsx";
import { NotFoundPage } from "./pages/NotFoundPage.tsx";
import { Guard } from "./Guard.tsx";
import { Shell } from "./shell/Shell.tsx";

/** The routes of the application: those of its features, the home page, and what stands in for the rest. */
export function createRoutes(features: Feature[]): RouteObject[] {
  const signInPath = features.find((feature) => feature.signInPath !== undefined)?.signInPath;
  const routes = features.flatMap((feature) => feature.routes);
  const toRoute = (route: FeatureRoute): RouteObject => ({
    path: route.path,
    lazy: async () => {
      const { default: Component } = await route.load();
      return {
        element: (
          <Guard access={route.access} signInPath={signInPath}>
            <Component />
          </Guard>
        ),
      };
    },
    errorElement: <ErrorPage />,
  });

  return [
    {
      hydrateFallbackElement: <LoadingPage />,
      errorElement: <ErrorPage />,
      children: [
        ...routes.filter((route) => route.layout === "bare").map(toRoute),
        {
          element: <Shell features={features} signInPath={signInPath} />,
          children: [
            { path: "/", element: <HomePage features={features} signInPath={signInPath} /> },
            ...routes.filter((route) => route.layout !== "bare").map(toRoute),
            { path: "*", element: <NotFoundPage /> },
          ],
        },
      ],
    },
  ];
}
