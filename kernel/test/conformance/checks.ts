import { execFileSync, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { python } from "../clients/python.ts";

const driver = fileURLToPath(new URL("run.py", import.meta.url));

export interface Check {
  group: string;
  name: string;
  sentence: string;
}

export interface Report extends Check {
  status: "passed" | "failed" | "not applicable";
  seconds: number;
  what?: string;
  expected?: string;
  got?: string;
  /** The end of what the kernel wrote to its own stderr. */
  log?: string;
}

/** Every check of the suite, by group. */
export function listChecks(): Map<string, Check[]> {
  const lines = execFileSync(python(), [driver, "--list"], { encoding: "utf8" }).trim().split("\n");
  const groups = new Map<string, Check[]>();
  for (const line of lines) {
    const check = JSON.parse(line) as Check;
    groups.set(check.group, [...(groups.get(check.group) ?? []), check]);
  }
  return groups;
}

/** Runs the checks of a group against the built kernel; the reports by name. */
export async function runGroup(group: string): Promise<Map<string, Report>> {
  const child = spawn(python(), [driver, "--group", group], { stdio: ["ignore", "pipe", "pipe"] });
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint += text;
  });
  const reports = new Map<string, Report>();
  for await (const line of createInterface({ input: child.stdout })) {
    const report = JSON.parse(line) as Report;
    reports.set(report.name, report);
  }
  if (reports.size === 0) throw new Error(`the checks of ${group} did not run: ${complaint}`);
  return reports;
}
