import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { listChecks, type Report, runGroup } from "./checks.ts";

/** What the kernel does not do yet, and why. A check that begins to pass must leave the list. */
const knownFailures = new Map(
  (
    JSON.parse(readFileSync(new URL("known-failures.json", import.meta.url), "utf8")) as {
      check: string;
      why: string;
    }[]
  ).map(({ check, why }) => [check, why]),
);
const groups = listChecks();

for (const [group, checks] of groups) {
  describe(`a Jupyter client finds in the group ${group} that`, () => {
    let reports: Map<string, Report>;
    beforeAll(async () => {
      reports = await runGroup(group);
    }, 300_000);
    for (const { name, sentence } of checks) {
      const why = knownFailures.get(`${group}/${name}`);
      it(why === undefined ? sentence : `(not yet: ${why}) ${sentence}`, () => {
        const report = reports.get(name);
        if (!report) expect.fail(`the check ${group}/${name} was not reported; the driver ended early`);
        if (why !== undefined) {
          expect(report.status, `${group}/${name} passes now: take it out of known-failures.json`).toBe(
            "failed",
          );
        } else {
          const { what, expected, got, log = "" } = report;
          expect(report.status, `${group}/${name}: ${what}; expected ${expected}, got ${got}\n${log}`).toBe(
            "passed",
          );
        }
      });
    }
  });
}

it("every known failure names a check and says why", () => {
  const names = new Set(
    [...groups].flatMap(([group, checks]) => checks.map(({ name }) => `${group}/${name}`)),
  );
  for (const [check, why] of knownFailures) {
    expect(names).toContain(check);
    expect(why.length).toBeGreaterThan(10);
  }
});
