import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// Tests of pure functions read the sources, so an edit needs no build. Tests that start processes
// (kernel, browser, python clients: *.process.test.ts) run what `npm run build` made, as users do.
const alias = [
  // As in the build for Node, see scripts/bundle.js.
  { find: /^\.[/]explainStatus\.ts$/, replacement: here("helpers/src/fit/hostExplainStatus.ts") },
  { find: /^\.[/]fitSummary\.ts$/, replacement: here("helpers/src/fit/hostFitSummary.ts") },
  {
    find: /^\.{1,2}[/](objective[/])?fitArguments\.ts$/,
    replacement: here("helpers/src/fit/objective/hostFitArguments.ts"),
  },
  {
    find: /^\.[/]search[/]nearbyCurvature\.ts$/,
    replacement: here("helpers/src/fit/search/hostNearbyCurvature.ts"),
  },
  {
    find: /^\.{1,2}[/](uncertainty[/])?methodNotes\.ts$/,
    replacement: here("helpers/src/fit/uncertainty/hostMethodNotes.ts"),
  },
  {
    find: /^(\.\.[/])+numerics[/]linear[/]dots\.ts$/,
    replacement: here("helpers/src/numerics/linear/hostDots.ts"),
  },
  { find: /^\.[/]tablePart\.ts$/, replacement: here("helpers/src/format/hostTablePart.ts") },
  { find: /^isoflop$/, replacement: here("helpers/src/index.ts") },
  { find: /^isoflop\/(formula|danfo)$/, replacement: here("helpers/src/$1/index.ts") },
  { find: /^isoflop-datasets\/csv$/, replacement: here("datasets/src/csv/index.ts") },
  { find: /^isoflop-datasets$/, replacement: here("datasets/src/index.ts") },
];

/** The kernel's behaviour, how promptly it answers included. */
const promptAnswers = "kernel/test/conformance/conformance.process.test.ts";

const processes = { pool: "forks", testTimeout: 120_000, hookTimeout: 120_000 } as const;

export default defineConfig({
  resolve: { alias },
  test: {
    reporters: ["default", here("scripts/closing-line-reporter.js")],
    env: { TZ: "UTC" },
    setupFiles: [here("scripts/property-seed.js")],
    // A source that no test imports counts too, as not covered. There is no threshold: it would be met by tests that assert
    // nothing.
    coverage: {
      provider: "v8",
      include: ["*/src/**/*.ts"],
      reporter: ["text-summary", "html", "json-summary"],
      reportsDirectory: here("coverage"),
    },
    projects: [
      {
        extends: true,
        test: {
          name: "pure",
          include: ["*/test/**/*.test.ts"],
          exclude: ["**/*.process.test.ts", "**/node_modules/**"],
          pool: "threads",
          isolate: false,
          maxWorkers: 2,
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: "process",
          include: ["*/test/**/*.process.test.ts"],
          exclude: [promptAnswers, "**/node_modules/**"],
          ...processes,
          maxWorkers: 2, // they wait for their processes more than they work
        },
      },
      {
        extends: true,
        test: {
          name: "alone",
          include: [promptAnswers],
          ...processes,
          // After all others: answers that must come within a second would measure the machine's load beside them.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
