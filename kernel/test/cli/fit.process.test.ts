import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";

const bin = fileURLToPath(new URL("../../bin/isoflop.js", import.meta.url));
const figure4 = fileURLToPath(new URL("../../../datasets/tables/chinchilla_figure4.csv", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "isoflop-fit-cli-"));
afterAll(() => rmSync(folder, { recursive: true }));
copyFileSync(figure4, join(folder, "all.csv"));
// Epoch leave out the five largest losses.
const lines = readFileSync(figure4, "utf8").trimEnd().split("\n");
writeFileSync(join(folder, "runs.csv"), `${lines.filter((line) => !line.endsWith(",1")).join("\n")}\n`);

const isoflop = (...args: string[]) =>
  spawnSync(process.execPath, [bin, ...args], { encoding: "utf8", cwd: folder });

describe("isoflop fit", () => {
  test("prints what it read, the estimates and how far to trust them, as it always did", async () => {
    const { stdout, status, stderr } = isoflop(
      "fit",
      "runs.csv",
      "--bootstrap",
      "100",
      "--plan",
      "flops=1e24",
      "--holdout",
      "flops>1e21",
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    await expect(stdout).toMatchFileSnapshot(fileURLToPath(new URL("golden/fit.txt", import.meta.url)));
  });

  test("as JSON has Epoch's fit at full precision", () => {
    const result = JSON.parse(isoflop("fit", "runs.csv", "--json").stdout);
    expect(result.status).toBe("converged");
    expect(result.objective).toBeLessThanOrEqual(0.001018274018);
    const { A, B, E, alpha, beta } = result.parameters;
    expect([A, B, E, alpha, beta].map((x) => Number(x.toPrecision(5)))).toEqual([
      477.83, 2143.4, 1.8172, 0.34731, 0.36717,
    ]);
    expect(result.bootstrap).toBeNull();
  });

  test("a formula fits like the built-in law", () => {
    const at = (...args: string[]) =>
      JSON.parse(isoflop("fit", "runs.csv", "--json", ...args).stdout).objective;
    expect(at("--law", "L = E + A/N^alpha + B/D^beta") / at()).toBeCloseTo(1, 9);
  });

  test("a pinned floor is held", () => {
    const { parameters } = JSON.parse(isoflop("fit", "runs.csv", "--json", "--fix", "E=1.69").stdout);
    expect(parameters.E).toBe(1.69);
  });

  test("writes a self-contained page with both figures", () => {
    const { status } = isoflop("fit", "runs.csv", "--report", "page.html");
    expect(status).toBe(0);
    const page = readFileSync(join(folder, "page.html"), "utf8");
    expect(page).toContain("The loss that chinchilla predicts");
    expect(page).toContain("What chinchilla leaves unexplained");
    expect(page.replace(/<script[\s\S]*?<\/script>/g, "")).not.toMatch(/(src|href)="https?:/);
  });

  test("a file with bad rows is refused with a table and exit code 1, nothing on stdout", () => {
    writeFileSync(join(folder, "bad.csv"), "params,tokens,loss\n7,1e10,2.5\n1e9,1e10,2.5\n");
    const { status, stdout, stderr } = isoflop("fit", "bad.csv");
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain("isoflop: 1 of 2 rows of bad.csv cannot be used:\nline  column  value  why");
    expect(stderr).not.toContain("    at ");
  });

  test.each([
    [2, ["--plan", "flops=0"], '--plan takes a budget such as flops=1e24, got "flops=0"'],
    [2, ["--law", "powerLaw(flops)", "--plan", "flops=1e24"], "--plan needs a law in nParams and nTokens"],
    [1, ["--holdout", "flops>1e30"], "got 240 to fit and 0 to predict"],
    [1, ["--holdout", "vocab>1"], "has no column for vocab"],
    [2, ["--bootstrap", "-1"], "It must be an integer >= 0."],
    [2, ["--fix", "Z=1"], "fixed names Z, but chinchilla has the parameters"],
  ])("exit code %i for %j, and the way out", (code, args, message) => {
    const { status, stderr } = isoflop("fit", "runs.csv", ...args);
    expect(status).toBe(code);
    expect(stderr).toContain(message);
  });

  test("Ctrl-C stops a long bootstrap, writes nothing and leaves with 130", async () => {
    const child = spawn(
      process.execPath,
      [bin, "fit", "runs.csv", "--bootstrap", "2000000", "--report", "never.html"],
      { cwd: folder },
    );
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text) => {
      stderr += text;
    });
    const exit = once(child, "exit");
    await new Promise((resolve) => setTimeout(resolve, 3000));
    child.kill("SIGINT");
    const [code] = await exit;
    expect(code).toBe(130);
    expect(stderr).toContain("interrupted; nothing was written");
    expect(existsSync(join(folder, "never.html"))).toBe(false);
  });
});

describe("isoflop laws", () => {
  test("lists every built-in law with what it reads and fits", () => {
    const { stdout, status } = isoflop("laws");
    expect(status).toBe(0);
    expect(stdout).toMatch(/^chinchilla +nParams, nTokens +loss +E, A, B, alpha, beta/m);
  });

  test("as JSON carries TeX and domains, with null for an open end", () => {
    const laws = JSON.parse(isoflop("laws", "--json").stdout);
    const chinchilla = laws.find((law: { name: string }) => law.name === "chinchilla");
    expect(chinchilla.tex).toContain("\\frac{A}{N^{\\alpha}}");
    expect(chinchilla.parameters[0].domain).toEqual([0, null]);
  });
});
