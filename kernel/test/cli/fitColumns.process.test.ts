import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";

const bin = fileURLToPath(new URL("../../bin/isoflop.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "isoflop-fit-columns-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Numbers that are the same in every run of the test. */
let state = 1;
const noise = () => {
  state = (state * 1103515245 + 12345) % 2147483648;
  return state / 2147483648 - 0.5;
};
const families = ["llama", "opt 2", 'say "hi"'];
const rows = families.flatMap((family, f) =>
  [1e8, 4e8, 1.6e9, 6.4e9].flatMap((size) =>
    [5, 20, 80, 320].map((ratio, k) => {
      const tokens = size * ratio;
      const unique = tokens / (1 + k);
      const loss =
        (1.7 + 0.1 * f + 480 / size ** 0.35 + 2100 / tokens ** 0.37 + 0.01 * k) * (1 + 0.004 * noise());
      return {
        family,
        name: `${family}-${size / 1e9}B-${ratio}`,
        size: size / 1e9,
        tokens,
        unique,
        loss,
        shift: k - 1,
      };
    }),
  ),
);
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
writeFileSync(
  join(folder, "runs.csv"),
  [
    "family,run name,Model Size (B),tokens,unique,val_loss,shift",
    ...rows.map((row) =>
      [quoted(row.family), quoted(row.name), row.size, row.tokens, row.unique, row.loss, row.shift].join(","),
    ),
  ].join("\n"),
);
writeFileSync(join(folder, "points.csv"), "Model Size (B),tokens,unique\n7,1.4e11,1.4e11\n70,1.4e12,7e11\n");

function isoflop(...args: string[]) {
  const done = spawnSync(process.execPath, [bin, "fit", "runs.csv", ...args], {
    encoding: "utf8",
    cwd: folder,
    env: { ...process.env, COLUMNS: "80" },
  });
  return { ...done, json: () => JSON.parse(done.stdout) };
}

describe("any column is a variable", () => {
  test("by its name, by the words of its name, in braces, or as --let makes it", () => {
    const at = (...args: string[]) => isoflop("--json", ...args).json().objective;
    const own = at("--law", "val_loss = E + A/Model_Size_B^a + B/tokens^b");
    const braces = at("--law", "val_loss = E + A/{Model Size (B)}^a + B/tokens^b");
    const usual = at("--law", "L = E + A/N^a + B/D^b");
    const made = at("--let", "s = {Model Size (B)} * 1e3", "--law", "val_loss = E + A/s^a + B/tokens^b");
    for (const other of [braces, usual, made]) expect(other / own).toBeCloseTo(1, 8);
  });

  test("in any script, while parameters keep Latin names", () => {
    const head = "größe,токены,损失,a`b";
    const lines = rows.slice(0, 16).map((row) => `${row.size},${row.tokens},${row.loss},x`);
    writeFileSync(join(folder, "scripts.csv"), [head, ...lines].join("\n"));
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [bin, "fit", "scripts.csv", ...args], { encoding: "utf8", cwd: folder });
    const law = "损失 = E + A/größe^a + B/токены^b";
    expect(JSON.parse(run("--json", "--law", law, "--where", "{a`b} == 'x'").stdout).runs).toBe(16);
    expect(run("--law", law, "--emit", "python").stdout).toMatch(
      /def 损失\(größe, токены\):[\s\S]*токены \*\* b\n$/,
    );
    expect(run("--law", "损失 = E + 参/größe^a").stderr).toContain("参 in the formula is no column");
  });

  test("that is 0 or below is read as it is", () => {
    const { parameters, source } = isoflop(
      "--json",
      "--law",
      "L = E + A/N^a + B/D^b + G*(shift + 1)",
      "--where",
      "family == 'llama'",
    ).json();
    expect(parameters.G).toBeCloseTo(0.01, 2);
    expect(source).toContain('shift from column "shift"');
  });

  test("where the law has no value is said by its place in the file", () => {
    const { status, stderr } = isoflop("--law", "L = E + A*log(shift)");
    expect(status).toBe(1);
    expect(stderr).toContain(
      "cannot be fitted: at 24 of 48 runs, first in line 2 (shift = -1), the law has no finite value",
    );
  });

  test("a usual field that --let makes goes before the columns", () => {
    const { source, runs } = isoflop("--json", "--let", "nTokens = unique * 2").json();
    expect(runs).toBe(48);
    expect(source).toContain("nTokens = unique * 2");
  });

  test("a name that nearly is one is told", () => {
    const { source } = isoflop("--json", "--law", "L = E + A/N^a + toknes/tokens^b").json();
    expect(source.join("\n")).toContain("toknes is a parameter; the column tokens has nearly its name");
  });

  test("--where takes texts and numbers, before a row can be refused", () => {
    writeFileSync(
      join(folder, "gaps.csv"),
      `${readFileSync(join(folder, "runs.csv"), "utf8")}\nother,x,1,1e10,1e10,,1\n`,
    );
    const run = (where: string) =>
      spawnSync(process.execPath, [bin, "fit", "gaps.csv", "--json", "--where", where], {
        encoding: "utf8",
        cwd: folder,
      });
    expect(JSON.parse(run("family in ('llama', 'opt 2') and tokens >= 2e9").stdout).runs).toBe(30);
    expect(run("family != 'llama'").stderr).toContain("cannot be used");
    expect(run("family == 'nobody'").stderr).toContain("no row of gaps.csv is one where family == 'nobody'");
  });

  test("weights are a column or an expression, and relative", () => {
    const at = (weights: string) => isoflop("--json", "--weights", weights).json().parameters.alpha;
    expect(at("1/val_loss^2") / at("7/val_loss^2")).toBeCloseTo(1, 8);
    expect(
      at("tokens > 1e9") / isoflop("--json", "--where", "tokens > 1e9").json().parameters.alpha,
    ).toBeCloseTo(1, 6);
  });
});

describe("files whose headers differ are read each in its own names", () => {
  const line = (cells: readonly (string | number)[]) => cells.join(",");
  const table = (
    header: string,
    of: (row: (typeof rows)[number]) => (string | number)[],
    some: typeof rows,
  ) => [header, ...some.map((row) => line(of(row)))].join("\n");
  const [first, second] = [rows.slice(0, 24), rows.slice(24)];
  const inFull = (some: typeof rows) =>
    table("n_params,tokens,loss", ({ size, tokens, loss }) => [size * 1e9, tokens, loss], some);
  writeFileSync(join(folder, "one.csv"), inFull(first));
  writeFileSync(
    join(folder, "two.csv"),
    table("val loss,Model Size (B),tokens_seen", ({ size, tokens, loss }) => [loss, size, tokens], second),
  );
  writeFileSync(join(folder, "whole.csv"), inFull(rows));
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [bin, "fit", ...args], { encoding: "utf8", cwd: folder });
  const json = (...args: string[]) => JSON.parse(run(...args, "--json").stdout);

  test.each([
    ["--where", "n_params >= 4e8"],
    ["--holdout", "tokens > 1e11"],
    ["--weights", "1/loss^2"],
    ["--let", "r = tokens/n_params", "--where", "r < 300"],
    ["--law", "loss = E + A/n_params^a + B/tokens^b"],
  ])("%s %s", (...args) => {
    const wanted = json("whole.csv", ...args);
    for (const files of [
      ["one.csv", "two.csv"],
      ["two.csv", "one.csv"],
    ]) {
      const got = json(...files, ...args);
      expect(got.runs).toBe(wanted.runs);
      expect(got.objective / wanted.objective).toBeCloseTo(1, 7);
      if (wanted.holdOut) expect(got.holdOut.heldOut).toBe(wanted.holdOut.heldOut);
    }
  });

  test("a name with a unit counts as the file counts that has it", () => {
    const wanted = json("whole.csv", "--where", "n_params >= 4e8");
    expect(json("one.csv", "two.csv", "--where", "{Model Size (B)} >= 0.4").objective).toBeCloseTo(
      wanted.objective,
      9,
    );
  });

  test("--map may name a column that one of them has", () => {
    expect(json("one.csv", "two.csv", "--map", "nParams=n_params,nTokens=tokens_seen").runs).toBe(48);
  });

  test("a name that one of them has not, nor under another, is refused with the file", () => {
    const { status, stderr } = run("one.csv", "two.csv", "--where", "width > 3");
    expect(status).not.toBe(0);
    expect(stderr).toContain("one.csv: --where names width, which is no column");
  });
});

describe("one fit for each value of a column", () => {
  test("stands in one table that fits 80 columns, texts as they are", () => {
    const { stdout, stderr } = isoflop("--by", "family");
    expect(stderr).toBe("");
    for (const family of families) expect(stdout).toContain(family);
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test("is what --where gives, value by value", () => {
    const { groups } = isoflop("--by", "family", "--json").json();
    expect(groups.map((group: { value: string }) => group.value)).toEqual(families);
    const alone = isoflop("--where", "family == 'opt 2'", "--json").json();
    expect(groups[1].parameters).toEqual(alone.parameters);
    expect(groups[1].residuals).toEqual(alone.residuals);
  });

  test("groups of a run or two are not determined, and say so once", () => {
    const { stdout, status } = isoflop("--by", "run name");
    expect(status).toBe(0);
    expect(stdout.replace(/\s+/g, " ")).toContain(
      "… and 43 more: not-identified: nParams and nTokens never changed in the runs; 1 runs cannot determine 5 parameters",
    );
  });

  test("its residuals are written for all groups", () => {
    isoflop("--by", "family", "--output", "by.csv");
    expect(readFileSync(join(folder, "by.csv"), "utf8").trim().split("\n")).toHaveLength(49);
  });
});

describe("what is asked of each group", () => {
  const alone = (family: string, ...args: string[]) =>
    isoflop("--where", `family == '${family}'`, "--json", ...args).json();
  const asks = ["--plan", "flops=1e22", "--bootstrap", "30", "--compare", "powerLaw(flops)"];

  test("is what --where and the same options give", () => {
    const { groups } = isoflop("--by", "family", "--json", ...asks).json();
    for (const family of ["llama", "opt 2"]) {
      const { plan, bootstrap, compared } = alone(family, ...asks);
      const own = groups.find(({ value }: { value: string }) => value === family);
      expect(own).toMatchObject({ plan, bootstrap, compared });
    }
  });

  test("stands in tables with the value in front", () => {
    const { stdout, stderr } = isoflop("--by", "family", ...asks);
    expect(stderr).toBe("");
    for (const title of ["Intervals", "Laws side by side", "Plan"]) {
      const part = stdout.slice(stdout.indexOf(`\n${title}\n`));
      for (const family of families) expect(part.slice(0, part.indexOf("\n\n", 1))).toContain(family);
    }
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test("points are predicted by the fit of their own value, or by all where they have none", () => {
    const losses = (points: string): [string, number][] =>
      isoflop("--by", "family", "--json", "--predict", points)
        .json()
        .predictions.map((row: { family: string; loss: number }) => [row.family, row.loss]);
    writeFileSync(
      join(folder, "own.csv"),
      'Model Size (B),tokens,unique,family\n7,1.4e11,1.4e11,opt 2\n70,1.4e12,7e11,"say ""hi"""\n',
    );
    const all = losses("points.csv");
    expect(all.map(([family]) => family)).toEqual(families.flatMap((family) => [family, family]));
    expect(losses("own.csv")).toEqual([all[2], all[5]]);
    expect(alone("opt 2", "--predict", "points.csv").predictions[0].loss).toBe(all[2]![1]);
    writeFileSync(join(folder, "stray.csv"), "Model Size (B),tokens,family\n7,1.4e11,mamba\n");
    expect(isoflop("--by", "family", "--predict", "stray.csv").stderr).toContain(
      'stray.csv: no run has the family "mamba" of line 2; there are llama, opt 2, say "hi"',
    );
  });

  test("is printed as a function a value", async () => {
    const { stdout } = isoflop("--by", "family", "--emit", "js");
    const module = (await import(`data:text/javascript,${encodeURIComponent(stdout)}`)) as Record<
      string,
      (n: number, d: number) => number
    >;
    expect(Object.keys(module).sort()).toEqual(["loss_llama", "loss_opt_2", "loss_say_hi"]);
    const [{ loss }] = alone("opt 2", "--predict", "points.csv").predictions;
    expect(module.loss_opt_2!(7e9, 1.4e11)).toBeCloseTo(loss, 12);
  });

  test.each([
    ["--holdout", "tokens > 1e10"],
    ["--against", "epoch"],
    ["--save", "x.json"],
    ["--report", "x.html"],
  ])("%s needs one fit", (...args) => {
    const { status, stderr } = isoflop("--by", "family", ...args);
    expect(status).not.toBe(0);
    expect(stderr).toBe(
      `isoflop: --by makes a fit for each value, and ${args[0]} needs one; take one value with --where\n`,
    );
  });

  test("no plan where no value's runs determine the law", () => {
    const { status, stdout, stderr } = isoflop("--by", "run name", "--plan", "flops=1e22");
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain("--plan needs a law that the runs determine, and no value of run name has one");
  });
});

describe("what a fit says elsewhere", () => {
  test("predictions have the interval of the law inside that of one more run", () => {
    isoflop("--predict", "points.csv", "--interval", "90", "--predictions", "out.json");
    const rows = JSON.parse(readFileSync(join(folder, "out.json"), "utf8"));
    expect(rows).toHaveLength(2);
    for (const row of rows) {
      expect(row.run_low).toBeLessThan(row.low);
      expect(row.low).toBeLessThan(row.loss);
      expect(row.loss).toBeLessThan(row.high);
      expect(row.high).toBeLessThan(row.run_high);
    }
    expect(rows[0]).toMatchObject({ place: "line 2", nParams: 7e9, nTokens: 1.4e11 });
  });

  test("columns that --let makes are made for the points, too", () => {
    const law = "L = E + A/N^a + B/D^b + G*(r - 1)";
    const { predictions } = isoflop(
      "--json",
      "--let",
      "r = tokens/unique",
      "--law",
      law,
      "--predict",
      "points.csv",
    ).json();
    expect(predictions.map((row: { r: number }) => row.r)).toEqual([1, 2]);
  });

  test("the rows written carry names, fitted and residual of each run", () => {
    isoflop("--output", "rows.csv");
    const [header, first] = readFileSync(join(folder, "rows.csv"), "utf8").split("\n");
    expect(header).toBe("place,family,run name,nParams,nTokens,loss,fitted,residual,weight,low,high");
    const cells = first!.split(",");
    expect(cells.slice(0, 3)).toEqual(["line 2", "llama", "llama-0.1B-5"]);
    const [loss, fitted, residual] = cells.slice(5, 8).map(Number) as [number, number, number];
    expect(Math.log(fitted / loss)).toBeCloseTo(residual, 12);
  });

  test.each(["md", "tex", "json", "csv"])("rows are written as .%s", (ending) => {
    const { status } = isoflop("--output", `rows.${ending}`);
    expect(status).toBe(0);
    const text = readFileSync(join(folder, `rows.${ending}`), "utf8");
    expect(text.split("\n").length).toBeGreaterThan(48);
    if (ending === "tex") expect(text).toContain("\\end{tabular}");
  });

  test("several conditions are held out, one after the other", () => {
    const { holdOut, holdOuts } = isoflop(
      "--json",
      "--holdout",
      "tokens > 1e11",
      "--holdout",
      "family == 'llama'",
    ).json();
    expect(holdOuts).toHaveLength(2);
    expect(holdOut).toEqual(holdOuts[0]);
    expect(holdOuts[1]).toMatchObject({ condition: "family == 'llama'", heldOut: 16, fitted: 32 });
  });

  test("laws are compared on the same runs, the best first", () => {
    const { stdout } = isoflop("--compare", "powerLaw(nTokens)", "--compare", "chinchillaEqualExponents");
    const table = stdout.slice(stdout.indexOf("Laws side by side"));
    expect(table).toMatch(/chinchilla[\s\S]*powerLaw\(nTokens\)/);
    expect(isoflop("--json", "--compare", "powerLaw(nTokens)").json().compared[0].law).toBe(
      "powerLaw(nTokens)",
    );
  });

  test("runs made by a published law are that law's, with no tokens of difference", () => {
    const law = (size: number, tokens: number) =>
      1.8172 + 482.01 / size ** 0.3478 + 2085.43 / tokens ** 0.3658;
    const lines = rows
      .slice(0, 16)
      .map(({ size, tokens }) => `${size * 1e9},${tokens},${law(size * 1e9, tokens)}`);
    writeFileSync(join(folder, "epoch.csv"), ["n_params,n_tokens,loss", ...lines].join("\n"));
    const { stdout } = spawnSync(
      process.execPath,
      [bin, "fit", "epoch.csv", "--json", "--against", "epoch,chinchilla"],
      {
        encoding: "utf8",
        cwd: folder,
      },
    );
    const [epoch, chinchilla] = JSON.parse(stdout).against;
    expect(epoch.offset).toBeCloseTo(0, 10);
    expect(epoch.tokenFactor).toBeCloseTo(1, 6);
    expect(Math.abs(chinchilla.offset)).toBeGreaterThan(1e-3);
  });
});

describe("what the runs do not determine", () => {
  const nearlyOne = ["params,tokens,loss"];
  for (const [k, size] of [2150612992, 2155174912, 2156188672].entries()) {
    for (const tokens of [2e9, 4e9, 8e9, 2e10])
      nearlyOne.push(`${size},${tokens},${2 + 40 / tokens ** 0.2 + 0.002 * k}`);
  }
  writeFileSync(join(folder, "near.csv"), nearlyOne.join("\n"));
  const near = (...args: string[]) =>
    spawnSync(process.execPath, [bin, "fit", "near.csv", ...args], { encoding: "utf8", cwd: folder });

  test("is not planned with", () => {
    const { status, stdout, stderr } = near("--plan", "flops=1e21");
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/--plan needs a law that the runs determine.*nParams hardly changed/s);
  });

  test("has no interval, in the table or beside predictions", () => {
    const { stdout, status } = near("--bootstrap", "20");
    expect(status).toBe(0);
    expect(stdout).toContain("no bootstrap: its replicates would only say how the search ends");
    expect(stdout).not.toContain("interval");
    writeFileSync(join(folder, "p.csv"), "params,tokens\n7e9,1e12\n");
    expect(near("--predict", "p.csv").stdout).toContain(
      "without intervals: the runs do not determine the law",
    );
  });

  test("numbers that JSON has not are null, and said", () => {
    const { conditionNumber, notFinite } = JSON.parse(near("--json").stdout);
    if (conditionNumber === null) expect(notFinite.conditionNumber).toBe("Infinity");
    else expect(conditionNumber).toBeGreaterThan(1e7);
  });
});
