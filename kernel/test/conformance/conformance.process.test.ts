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

/**
 * Groups that ask how promptly the kernel answers. The checks mostly wait, but of these no more than two can run at a time:
 * with four, two of them did not answer as promptly as they are to.
 */
const prompt = new Set(["control", "lifetime", "hostile", "interrupts", "questions"]);
/** The others' groups that take longest, which begin first: none of them is to run on alone at the end. */
const longest = ["debugger", "magics", "install", "protocol", "tsconfig", "narrowing"];
const running = new Map<string, Promise<Map<string, Report>>>();
beforeAll(() => {
  const waiting = new Map<string, () => Promise<void>>();
  for (const group of new Set([...longest, ...prompt, ...groups.keys()])) {
    const { promise, resolve, reject } = deferred<Map<string, Report>>();
    promise.catch(() => {}); // whoever waits for it is told
    running.set(group, promise);
    waiting.set(group, () => runGroup(group).then(resolve, reject));
  }
  const names = [...waiting.keys()];
  const run = async (chosen: string[], atOnce: number) => {
    const lane = async () => {
      for (let next = chosen.shift(); next; next = chosen.shift()) await waiting.get(next)?.();
    };
    await Promise.all(Array.from({ length: atOnce }, lane));
  };
  const patient = names.filter((name) => !prompt.has(name));
  void run(patient, 4).then(() => run([...prompt], 2));
});

function deferred<T>() {
  let resolve!: (value: T) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<T>((kept, broken) => {
    [resolve, reject] = [kept, broken];
  });
  return { promise, resolve, reject };
}

for (const [group, checks] of groups) {
  describe(`a Jupyter client finds in the group ${group} that`, () => {
    let reports: Map<string, Report>;
    beforeAll(async () => {
      reports = (await running.get(group)) as Map<string, Report>;
    }, 600_000);
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
