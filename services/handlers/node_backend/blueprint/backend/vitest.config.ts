import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,js}', 'tests/**/*.test.{ts,js}'],
    globalSetup: ['./tests/support/global_setup.ts'],
    hookTimeout: 30_000,
    testTimeout: 15_000,
  },
});
