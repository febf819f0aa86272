import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const bin = fileURLToPath(new URL("../../bin/isoflop.js", import.meta.url));
const table = fileURLToPath(new URL("../../../datasets/tables/chinchilla_figure4.csv", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "isoflop-plan-"));
const isoflop = (...args: string[]) =>
  spawnSync(process.execPath, [bin, ...args], { encoding: "utf8", cwd: folder, timeout: 30_000 });

test("plan prints every quantity with its interval, its unit and the law it comes from, then the laws and the cautions", () => {
  const { stdout, stderr, status } = isoflop("plan", "--flops", "1e24");
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  const lines = stdout.split("\n");
  const row = (name: string) => lines.find((line) => line.startsWith(name))?.split(/ {2,}/);
  const from = "isoflop's fit of the 240 runs of Hoffmann et al. 2022 (arXiv 2203.15556), Figure 4";
  expect(row("parameters ")).toEqual([
    "parameters",
    "100B (72.7B … 135B)",
    "parameters, embeddings included",
    from,
  ]);
  expect(row("tokens ")).toEqual(["tokens", "1.67T (1.24T … 2.29T)", "tokens", from]);
  expect(row("loss ")).toEqual(["loss", "1.964 (1.927 … 2.002)", "nats per token", from]);
  const laws = lines.slice(lines.findIndex((line) => line.startsWith("law of")));
  const law = laws.find((line) => line.startsWith("loss "));
  expect(law?.split(/ {2,}/)).toEqual(["loss", "240", "nParams 57.3M to 16.2B, nTokens 819M to 318B", from]);
  expect(stdout).toContain(
    "parameters, tokens: nParams 100B is 6.2 times above the fitted range 57.3M to 16.2B",
  );
});

test("plan with unique tokens answers with intervals and names each law, its runs and its range", () => {
  const { stdout, status } = isoflop("plan", "--unique", "60e9", "--budget", "1e22", "--json");
  expect(status).toBe(0);
  const plan = JSON.parse(stdout);
  for (const name of ["nParams", "nTokens", "epochs", "loss", "learningRate", "batchTokens", "steps"]) {
    const { value, interval } = plan[name];
    expect(interval[0]).toBeLessThan(value);
    expect(interval[1]).toBeGreaterThan(value);
  }
  expect(plan.terms.map((term: { term: string; runs: number }) => [term.term, term.runs])).toEqual([
    ["loss", 240],
    ["repetition", 182],
  ]);
  expect(plan.terms[1].constants.rStarTokens.interval[1]).toBeGreaterThan(1000);
});

test("plan with experts gives bounds, and is refused ten times beyond the runs unless told", () => {
  const plan = JSON.parse(
    isoflop("plan", "--flops", "1e21", "--experts", "1,8,64", "--memory-gb", "40", "--json").stdout,
  );
  expect(plan.loss.isBound).toBe(true);
  expect(plan.nParamsTotal.value).toBeLessThanOrEqual(20e9 * (1 + 1e-9));
  const far = isoflop("plan", "--flops", "1e25", "--experts", "64");
  expect(far.status).toBe(2);
  expect(far.stderr).toMatch(/were never measured together.*--beyond-data/);
  expect(isoflop("plan", "--flops", "1e25", "--experts", "64", "--beyond-data").status).toBe(0);
});

test("plan with a mixture of a file finds the shares within the supply, with intervals", () => {
  const share = (k: number) => 0.03 + (0.94 * k) / 29;
  const rows = Array.from({ length: 30 }, (_, k) => {
    const noise = 1 + 0.001 * Math.sin(7 * k);
    const loss = (2 + 1.2 * Math.exp(-3 * (1 - share(k))) + 0.8 * Math.exp(-6 * share(k))) * noise;
    return `${1 - share(k)},${share(k)},${loss}`;
  });
  writeFileSync(join(folder, "mixed.csv"), `web,code,loss\n${rows.join("\n")}\n`);
  const law = "loss = E + A*exp(-a*web) + B*exp(-b*code)";
  expect(isoflop("fit", "mixed.csv", "--law", law, "--save", "mixed.json").status).toBe(0);
  writeFileSync(
    join(folder, "sources.json"),
    JSON.stringify({ supply: { web: 5e12, code: 1e10 }, fits: { all: "mixed.json" } }),
  );
  const plan = JSON.parse(isoflop("plan", "--budget", "1e22", "--mixture", "sources.json", "--json").stdout);
  expect((plan.shares.code.value * plan.nTokens.value) / 1e10).toBeCloseTo(4, 4);
  const ample = { supply: { web: 5e12 }, fits: { all: "mixed.json" } };
  writeFileSync(join(folder, "sources.json"), JSON.stringify(ample));
  const free = JSON.parse(isoflop("plan", "--budget", "1e22", "--mixture", "sources.json", "--json").stdout);
  const [low, high] = free.shares.code.interval;
  expect(low).toBeLessThan(free.shares.code.value);
  expect(high).toBeGreaterThan(free.shares.code.value);
});

test.each([
  ["{", "is not JSON"],
  ["[]", "must hold an object"],
  ['{"shares": {"web": 1}}', "supply must be an object of numbers by name"],
  ['{"supply": {"web": "5e12"}, "shares": {"web": 1}}', "supply must be an object of numbers by name"],
  ['{"supply": {}, "share": {"web": 1}}', "a mixture has no field share"],
  ['{"supply": {}, "fits": {}}', "fits names no target"],
  ['{"supply": {}, "fits": {"all": "none.json"}}', "none.json cannot be read: there is no such file"],
  ['{"supply": {"code": 1}, "shares": {"web": 1}}', "supply names code, which is no source; there are web"],
  [
    '{"supply": {}, "shares": {"web": 1, "web": 2}}',
    'wrong.json names "web" twice in one object; give it one value',
  ],
  ['{"supply": {}, "shares": {"a\\u001b[31m": 1}}', "a source's name must be a line of text"],
  [
    '{"supply": {}, "shares": {"web": 1}, "weights": {"x": 1}}',
    "weights says how a mixture's shares are found",
  ],
])("plan says what is wrong with the mixture %s", (text, message) => {
  writeFileSync(join(folder, "wrong.json"), text);
  const { stderr, status } = isoflop("plan", "--flops", "1e22", "--mixture", "wrong.json");
  expect(stderr).toContain(message);
  expect([1, 2]).toContain(status);
});

test("plan finds shares by several fits, of the same sources and each drawn for itself", () => {
  const rows = Array.from({ length: 30 }, (_, k) => {
    const code = 0.03 + (0.94 * k) / 29;
    const noise = 1 + 0.002 * Math.sin(7 * k);
    const one = (2 + 1.2 * Math.exp(-3 * (1 - code)) + 0.5 * Math.exp(-5 * code)) * noise;
    const two = (1 + 0.4 * Math.exp(-4 * (1 - code)) + 0.9 * Math.exp(-6 * code)) / noise;
    return `${1 - code},${code},${code},${one},${two}`;
  });
  writeFileSync(join(folder, "two.csv"), `web,code,other,text,python\n${rows.join("\n")}\n`);
  const fitted = (law: string, file: string) =>
    expect(isoflop("fit", "two.csv", "--law", law, "--save", file).status).toBe(0);
  fitted("text = E + A*exp(-a*web) + B*exp(-b*code)", "text.json");
  fitted("python = E + A*exp(-a*web) + B*exp(-b*code)", "python.json");
  fitted("python = E + B*exp(-b*other)", "other.json");
  const plan = (fits: object) => {
    writeFileSync(join(folder, "two.json"), JSON.stringify({ supply: {}, fits }));
    return isoflop("plan", "--flops", "1e21", "--mixture", "two.json", "--json");
  };
  const { shares } = JSON.parse(plan({ __proto__: null, text: "text.json", python: "python.json" }).stdout);
  const [low, high] = shares.web.interval;
  expect(low).toBeLessThan(shares.web.value);
  expect(high).toBeGreaterThan(shares.web.value);
  const { stderr, status } = plan({ text: "text.json", python: "other.json" });
  expect(stderr).toContain("fit each loss by the shares of the same sources");
  expect(status).toBe(1);
});

test("what is wrong with a question is told by the names of the command line", () => {
  const both = isoflop("plan", "--flops", "1e22", "--over-train", "2", "--inference-tokens", "1e12");
  expect(both).toMatchObject({
    status: 2,
    stderr: "isoflop: --over-train and --inference-tokens both choose the model's size; give one\n",
  });
  const price = isoflop("plan", "--usd", "1e6", "--accelerator", "h20");
  expect(price.stderr).toContain("give --usd-per-gpu-hour");
  const far = isoflop("plan", "--flops", "1e22", "--unique", "1e3");
  expect(far.stderr).toMatch(/uniqueTokens 1K is .* or set --beyond-data to extrapolate/);
});

test("plan from money and days says how many accelerators", () => {
  const plan = JSON.parse(isoflop("plan", "--usd", "2e6", "--days", "60", "--json").stdout);
  expect(plan.usd.value).toBeCloseTo(2e6, 3);
  expect(plan.gpus.value).toBe(Math.ceil(plan.gpuHours.value / 24 / 60));
});

test("plan from accelerator hours gives days and cost, as JSON too", () => {
  const args = [
    "--gpu-hours",
    "1e6",
    "--accelerator",
    "h100-sxm",
    "--gpus",
    "1000",
    "--usd-per-gpu-hour",
    "2",
    "--mfu",
    "0.4",
  ];
  const plan = JSON.parse(isoflop("plan", ...args, "--json").stdout);
  expect(plan.flops.value).toBeCloseTo(1e6 * 3600 * 989e12 * 0.4, -12);
  expect(plan.days.value).toBeCloseTo(1e6 / 24000, 6);
  expect(plan.usd.value).toBeCloseTo(2e6, 3);
});

test("a fit that was saved plans with an interval, and its plan can be a page", () => {
  expect(isoflop("fit", table, "--save", "runs.fit.json").stderr).toContain("runs.fit.json: written");
  const page = isoflop("plan", "--flops", "1e22", "--law", "runs.fit.json", "--report", "plan.html");
  expect(page.stdout).toMatch(
    /loss +2\.\d+ \(2\.\d+ … 2\.\d+\) +nats per token +chinchilla fitted to 245 runs/,
  );
  const html = readFileSync(join(folder, "plan.html"), "utf8");
  expect(html).toContain("tokens per parameter");
  expect(html).not.toMatch(/(src|href)="https?:/);
});

test("the page of a plan shows names of sources and the command as they are, not as Markdown", () => {
  const shares = { "<script>alert(1)</script>|`x`": 1, "**b** [a](javascript:alert(1))": 2, "k*q + 2*q": 3 };
  writeFileSync(join(folder, "names.json"), JSON.stringify({ supply: {}, shares }));
  const { status } = isoflop("plan", "--flops", "1e20", "--mixture", "names.json", "--report", "a`b``.html");
  expect(status).toBe(0);
  const html = readFileSync(join(folder, "a`b``.html"), "utf8");
  expect(html).toContain("share of &lt;script&gt;alert(1)&lt;/script&gt;|`x`");
  expect(html).toContain("share of **b** [a](javascript:alert(1))");
  expect(html).toContain("share of k*q + 2*q");
  expect(html).toContain("--report a`b``.html</code>");
});

test("a wrong question gets told", () => {
  expect(isoflop("plan").stderr).toBe(
    "isoflop: give the budget once: --flops, or --gpu-hours with --accelerator, or --usd, or --days with --gpus\n",
  );
  expect(isoflop("plan", "--flops", "0").stderr).toContain("It must be a plain number > 0, such as 1e24.");
  expect(isoflop("plan", "--gpu-hours", "1", "--accelerator", "abacus").stderr).toContain(
    'accelerator "abacus" is unknown',
  );
  writeFileSync(join(folder, "notes.txt"), "not a fit");
  expect(isoflop("plan", "--flops", "1e22", "--law", "notes.txt").stderr).toContain(
    "notes.txt: not a saved fit: ",
  );
});

test.each<[string, (path: string) => void, string]>([
  ["nothing", () => {}, "there is no such file; check the path"],
  ["a folder", (path) => mkdirSync(path), "it is a folder; name a file in it"],
  ["links in a circle", (path) => symlinkSync(path, path), "its symbolic links lead in a circle"],
  ["a link to nothing", (path) => symlinkSync(`${path}.none`, path), "there is no such file; check the path"],
  ["a link to a device", (path) => symlinkSync("/dev/zero", path), "it is no ordinary file"],
  ["a link to a terminal's like", (path) => symlinkSync("/dev/null", path), "it is no ordinary file"],
  ["a pipe", (path) => execFileSync("mkfifo", [path]), "it is no ordinary file"],
  [
    "a file of 3 GB",
    (path) => {
      writeFileSync(path, "");
      truncateSync(path, 3e9);
    },
    "it has 3000000000 bytes",
  ],
])("plan --law says at once what is wrong with %s", (name, make, message) => {
  const path = join(folder, `${name.replaceAll(" ", "-")}.json`);
  make(path);
  const { stderr, status } = isoflop("plan", "--flops", "1e22", "--law", path);
  expect({ stderr, status }).toEqual({
    stderr: expect.stringContaining(`isoflop: ${path} cannot be read: ${message}`),
    status: 1,
  });
  expect(stderr.trimEnd()).not.toMatch(/\n|E[A-Z]{3,}/);
});

test("plan --law takes a fit of a formula, with columns of a name of their own given by --at", () => {
  isoflop("fit", table, "--law", "L = E + A/N^alpha + B/D^beta", "--save", "formula.json");
  isoflop("fit", table, "--save", "builtin.json");
  const formula = JSON.parse(isoflop("plan", "--flops", "1e22", "--law", "formula.json", "--json").stdout);
  const builtIn = JSON.parse(isoflop("plan", "--flops", "1e22", "--law", "builtin.json", "--json").stdout);
  expect(formula.nParams.value / builtIn.nParams.value).toBeCloseTo(1, 4);
  // Its parameters stand in another order, so the draws are others.
  expect(formula.loss.interval[0]).toBeCloseTo(builtIn.loss.interval[0], 2);
  const rows = Array.from({ length: 60 }, (_, k) => {
    const [n, d, bits] = [1e8 * 1.3 ** (k % 12), 1e9 * 1.7 ** (k % 7), [4, 8, 16][k % 3]!];
    const loss =
      (1.7 + 400 / (n * (1 - 2 ** (-bits / 2))) ** 0.34 + 2000 / d ** 0.37) * (1 + 0.003 * Math.sin(k));
    return `${n},${d},${bits},${loss}`;
  });
  writeFileSync(join(folder, "bits.csv"), `n_params,n_tokens,bits,loss\n${rows.join("\n")}\n`);
  const law = "loss = E + A/(N*(1 - exp(-bits/g)))^alpha + B/D^beta";
  expect(isoflop("fit", "bits.csv", "--law", law, "--save", "bits.json").status).toBe(0);
  expect(isoflop("plan", "--flops", "1e20", "--law", "bits.json").stderr).toContain(
    "which no plan chooses; give --at bits=…",
  );
  const small = JSON.parse(
    isoflop("plan", "--flops", "1e20", "--law", "bits.json", "--at", "bits=4", "--json").stdout,
  );
  const large = JSON.parse(
    isoflop("plan", "--flops", "1e20", "--law", "bits.json", "--at", "bits=16", "--json").stdout,
  );
  expect(small.loss.value).toBeGreaterThan(large.loss.value);
});
