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
    const result = JSON.parse(isoflop("fit", "runs.csv", "--json", "--loss", "huber:1e-3").stdout);
    expect(result.status).toBe("converged");
    expect(result.objective).toBeLessThanOrEqual(0.001018274018);
    const { A, B, E, alpha, beta } = result.parameters;
    expect([A, B, E, alpha, beta].map((x) => Number(x.toPrecision(5)))).toEqual([
      477.83, 2143.4, 1.8172, 0.34731, 0.36717,
    ]);
    expect(result.bootstrap).toBeNull();
  });

  test("says how sure each parameter is also without a bootstrap, and not where the runs do not tell", () => {
    const { parameters, uncertainty } = JSON.parse(isoflop("fit", "runs.csv", "--json").stdout);
    expect(uncertainty).toMatchObject({ method: "HC3", level: 0.95 });
    for (const [name, value] of Object.entries<number>(parameters)) {
      const [low, high] = uncertainty.intervals[name];
      expect(low < value && value < high, name).toBe(true);
      // About four standard errors wide, but for amplitudes, whose limits are on the logarithm.
      const width = "AB".includes(name) ? Math.log(high / low) * value : high - low;
      expect(width / uncertainty.standardErrors[name]).toBeCloseTo(2 * 1.97, 1);
    }
    expect(isoflop("fit", "runs.csv").stdout).toMatch(/alpha +[\d.]+ +[\d.]+ +[\d.]+ … [\d.]+ .*exponent/);
    const pinned = JSON.parse(isoflop("fit", "runs.csv", "--fix", "E=1.69", "--json").stdout);
    expect(pinned.uncertainty.intervals.E).toEqual([1.69, 1.69]);
    // As many runs as parameters: nothing is left to tell the noise by, and that is said.
    const three = `N,L\n${[1, 3, 9].map((n) => `${n}e8,${1.7 + 300 / (n * 1e8) ** 0.3}`).join("\n")}\n`;
    writeFileSync(join(folder, "exact.csv"), three);
    const exact = isoflop("fit", "exact.csv", "--law", "L = E + A/N^alpha").stdout;
    expect(exact).toMatch(/alpha .* −∞ … ∞/);
    expect(exact).toContain("Notes\n");
    expect(exact).not.toContain("robust standard deviations off");
    expect(isoflop("fit", "runs.csv", "--interval", "90").stderr).toContain(
      "--level .9 is for the parameters",
    );
    writeFileSync(join(folder, "four.csv"), `${lines.slice(0, 5).join("\n")}\n`);
    const four = isoflop("fit", "four.csv");
    expect(four.stdout).toContain("not-identified");
    expect(four.stdout).not.toContain("std. error");
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
    [1, ["--holdout", "vocab>1"], "--holdout names vocab, which is no column; there are n_params"],
    [1, ["--holdout", "n_param>1"], "did you mean n_params?"],
    [2, ["--holdout", "flops"], '--holdout: "flops" is no condition; compare it'],
    [
      2,
      ["--where", "loss_nats >"],
      '--where: "loss_nats >" needs a name, a number or a text in quotes, got its end',
    ],
    [2, ["--let", "r == 1"], '--let takes NAME = EXPRESSION, such as "r = tokens/unique", got "r == 1"'],
    [1, ["--let", "flops = 1"], "--let makes flops, but the file has a column of that name"],
    [2, ["--tie", "beta=0.3"], "--fix holds a parameter at a number"],
    [2, ["--tie", "beta=gamma"], "--tie names gamma, but chinchilla has the parameters"],
    [2, ["--bounds", "alpha=0.5:0.1"], "LOW <= HIGH, got 0.5:0.1; turn it round"],
    [2, ["--bounds", "alpha=x:1"], '--bounds takes NAME=LOW:HIGH, such as alpha=0.1:0.6; got "alpha=x:1"'],
    [
      2,
      ["--bounds", "alhpa=0:1"],
      "--bounds names alhpa, but chinchilla has the parameters E, A, B, alpha, beta; did you mean alpha?",
    ],
    [
      2,
      ["--prior", "E=1.7:0"],
      '--prior takes NAME=MEAN:SD or NAME=MEAN:SD:log, such as E=1.7:0.1, SD > 0; got "E=1.7:0"',
    ],
    [
      2,
      ["--start", "E=1.7"],
      "--start must give every parameter of chinchilla a value; A, B, alpha, beta lack one",
    ],
    [2, ["--loss", "l2"], "--loss must be squared"],
    [1, ["--weights", "0"], "--weights 0 is 0 in every row"],
    [1, ["--weights", "loss_nats - 3"], "--weights loss_nats - 3 must be >= 0, got -0."],
    [2, ["--weights", "'a'"], "is a text, where a number is needed"],
    [2, ["--against", "llama"], '--against knows no published law "llama"; there are chinchilla'],
    [
      2,
      ["--law", "powerLaw(flops)", "--against", "epoch"],
      "--against needs runs of a loss in nParams and nTokens",
    ],
    [2, ["--compare", "chinchila"], "no law is called chinchila"],
    [2, ["--by", "flops", "--save", "x.json"], "--by makes a fit for each value, and --save needs one"],
    [1, ["--by", "corpus"], "which the file has not"],
    [2, ["--json", "--output-format", "md"], "--json and --output-format md exclude each other"],
    [2, ["--emit", "python", "--json"], "--emit prints the law alone"],
    [2, ["--predictions", "p.csv"], "--predictions writes what --predict predicts"],
    [
      2,
      ["--output", "p.xlsx"],
      '--output writes .csv, .json, .md or .tex, by the end of the file\'s name; got "p.xlsx"',
    ],
    [2, ["--interval", "0"], "It must be a percentage between 0 and 100"],
    [1, ["--predict", "nowhere.csv"], "nowhere.csv does not exist"],
    [1, ["--output", "runs.csv"], "--output"],
    [2, ["--law", "loss_nats = 3"], "names no column"],
    [2, ["--law", "loss_nats = E + A/widht^a"], "names no column"],
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
