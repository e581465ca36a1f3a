import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['*.test.ts'],
    globalSetup: ['support/setup.ts'],
    testTimeout: 20_000,
  },
});
