import react from "@vitejs/plugin-react";
import { loadEnv } from "vite";
import { defineConfig } from "vitest/config";

export default defineConfig(({ mode }) => {
  const environment = loadEnv(mode, process.cwd(), "");
  const backend = environment["BACKEND_URL"] ?? "http://127.0.0.1:3000";
  const proxy = { "/api": { target: backend, changeOrigin: false, ws: true } };

  return {
    plugins: [react()],
    server: { host: "127.0.0.1", port: Number(environment["PORT"] ?? 5173), proxy },
    preview: { host: "127.0.0.1", port: Number(environment["PORT"] ?? 4173), proxy },
    build: {
      target: "es2024",
      sourcemap: false,
      chunkSizeWarningLimit: 600,
      rolldownOptions: {
        output: {
          // Libraries change less often than pages, so browsers can keep them across releases.
          codeSplitting: {
            groups: [
              { name: "ui", test: /node_modules[\\/](@mui|@emotion)/ },
              { name: "vendor", test: /node_modules/ },
            ],
          },
        },
      },
    },
    test: {
      environment: "jsdom",
      include: ["tests/**/*.test.{ts,tsx,js,jsx}"],
      setupFiles: ["tests/support/setup.ts"],
      restoreMocks: true,
      // Each test cleans up after itself (tests/support/setup), so files may share a worker, which starts once.
      pool: "threads",
      isolate: false,
      testTimeout: 60_000,
    },
  };
});
