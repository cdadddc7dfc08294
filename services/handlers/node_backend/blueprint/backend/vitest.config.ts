import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,js}', 'tests/**/*.test.{ts,js}'],
    // Files share what they import, and nothing else: each has a database of its own.
    isolate: false,
    globalSetup: ['./tests/support/global_setup.ts'],
    hookTimeout: 30_000,
    testTimeout: 15_000,
  },
});
