import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { eventFile, simple } from "../tables/events/writeEvents.ts";

const bin = fileURLToPath(new URL("../../bin/isoflop.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "isoflop-newcomer-"));
afterAll(() => rmSync(folder, { recursive: true }));

function isoflop(...args: string[]) {
  // Quiet, since a machine that is busy makes it tell how far it is.
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, "fit", "--quiet", ...args], {
    cwd: folder,
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
}

/** A sweep that follows Hoffmann et al.'s law, with a ripple of half a per cent that is no noise. */
const sweep = [7.4e7, 1.1e8, 1.6e8, 2.5e8, 4.1e8, 6.6e8, 1e9, 1.6e9].flatMap((nParams, i) =>
  [2e9, 5e9, 1.2e10, 3e10].map((nTokens, j) => {
    const k = 4 * i + j;
    const ripple = 1 + 0.005 * Math.sin(12.9898 * k + 78.233 * i);
    return {
      run: `run-${k}`,
      nParams,
      nTokens,
      loss: (1.69 + 406.4 / nParams ** 0.34 + 410.7 / nTokens ** 0.28) * ripple,
    };
  }),
);
const save = (name: string, text: string | Uint8Array) => writeFileSync(join(folder, name), text);

/** Parameters as the program prints them. */
function parameters(stdout: string): Record<string, number> {
  const rows = [...stdout.matchAll(/^ {2}(E|A|B|alpha|beta) +(\S+)/gm)];
  return Object.fromEntries(rows.map(([, name, value]) => [name!, Number(value)]));
}

describe("tables as their programs write them, fitted without an edit", () => {
  save("plain.jsonl", sweep.map((run) => JSON.stringify(run)).join("\n"));
  const plain = parameters(isoflop("plain.jsonl"));

  test("a run table of wandb's page", () => {
    const header =
      "Name,State,Notes,User,Tags,Created,Runtime,Sweep,batch_size,lr,n_params,n_tokens,val/loss".split(",");
    const rows = sweep.map(({ run, nParams, nTokens, loss }) => [
      run,
      "finished",
      "-",
      "ana",
      "",
      "2024-03-01T10:00:00.000Z",
      "3600",
      "",
      "256",
      "0.0003",
      nParams,
      nTokens,
      loss,
    ]);
    const quoted = [header, ...rows].map((cells) => cells.map((cell) => `"${cell}"`).join(","));
    save("wandb_export_2024-03-05T12_00_00.000+01_00.csv", `${quoted.join("\n")}\n`);
    const said = isoflop("wandb_export_2024-03-05T12_00_00.000+01_00.csv");
    expect(said).toMatch(
      /32 runs from wandb_export[^\n]+\n +nParams from column "n_params"\n +nTokens from column "n_tokens"\n +loss from column "val\/loss"\n/,
    );
    expect(parameters(said)).toEqual(plain);
  });

  test("a search of MLflow, with its index and parameters as texts", () => {
    const header =
      ",run_id,experiment_id,status,artifact_uri,start_time,end_time,metrics.eval_loss,metrics.grad_norm,params.n_params,params.tokens,params.loss,tags.mlflow.runName";
    const rows = sweep.map(({ run, nParams, nTokens, loss }, k) =>
      [
        k,
        `${k}`.padStart(32, "0"),
        1,
        "FINISHED",
        `mlflow-artifacts:/1/${k}`,
        "2024-03-01 10:00:00.123000+00:00",
        "2024-03-01 12:00:00.456000+00:00",
        loss,
        0.4,
        nParams,
        nTokens,
        "cross_entropy",
        run,
      ].join(","),
    );
    save("mlflow.csv", `${[header, ...rows].join("\n")}\n`);
    const said = isoflop("mlflow.csv");
    expect(said).toContain('nParams from column "params.n_params"');
    expect(said).toContain('loss from column "metrics.eval_loss"');
    expect(parameters(said)).toEqual(plain);
  });

  test("a sheet of a spreadsheet whose locale has decimal commas", () => {
    const comma = (value: number, digits: number) => value.toFixed(digits).replace(".", ",");
    const rows = sweep.map(
      ({ run, nParams, nTokens, loss }) =>
        `${run};${comma(nParams / 1e9, 4)};${comma(nTokens / 1e9, 1)};${comma(loss, 10)}`,
    );
    save(
      "sweep.csv",
      `\uFEFF${["Modell;Model Size (B);Training Tokens (B);Final Loss", ...rows].join("\r\n")}\r\n`,
    );
    const said = isoflop("sweep.csv");
    expect(said).toContain('nParams from column "Model Size (B)" × 1e9 (its name says billions)');
    expect(said).toMatch(/a comma is the decimal sign, as in "0,0740" \(line 2\)/);
    for (const [name, value] of Object.entries(parameters(said)))
      expect(value / plain[name]!).toBeCloseTo(1, 3);
  });

  // A single run: its loss by tokens, a step being half a million of them.
  const curve = Array.from({ length: 50 }, (_, k) => ({
    step: 100 * (k + 1),
    loss: 1.9 + 80 / (100 * (k + 1)) ** 0.6,
  }));
  const byTokens = (path: string, step: string) =>
    isoflop(path, "--law", "L = E + B/D^beta", "--map", `nTokens=${step}*524288`);

  test("an event file of TensorBoard, and the CSV and JSON that its page downloads", () => {
    const name = "events.out.tfevents.1709300000.host.123.0";
    save(name, eventFile(...curve.map(({ step, loss }) => simple(step, "train/loss", loss))));
    const said = byTokens(name, "step");
    expect(said).toMatch(/loss from column "train\/loss"\n +TensorBoard's events: 50 steps, 1 scalars/);
    const rows = curve.map(({ step, loss }) => [1.7e9 + step, step, loss]);
    save(
      "run-a-tag-train_loss.csv",
      `Wall time,Step,Value\n${rows.map((row) => row.join(",")).join("\n")}\n`,
    );
    save("run-a-tag-train_loss.json", JSON.stringify(rows));
    for (const text of [
      said,
      byTokens("run-a-tag-train_loss.csv", "Step"),
      byTokens("run-a-tag-train_loss.json", "Step"),
    ])
      expect(parameters(text)).toMatchObject({ E: 1.9, beta: 0.6 });
  });

  test("the state of a Hugging Face trainer", () => {
    const log = curve.flatMap(({ step, loss }) => [
      { epoch: step / 5000, grad_norm: 0.5, learning_rate: 3e-4, loss, step },
      ...(step % 500 === 0 ? [{ epoch: step / 5000, eval_loss: loss + 0.05, eval_runtime: 10.2, step }] : []),
    ]);
    const end = { epoch: 1, step: 5000, total_flos: 1.2e17, train_loss: 2.4, train_runtime: 4000 };
    save(
      "trainer_state.json",
      JSON.stringify({
        best_metric: null,
        global_step: 5000,
        log_history: [...log, end],
        total_flos: 1.2e17,
      }),
    );
    const said = byTokens("trainer_state.json", "step");
    expect(said).toContain("the log of a Hugging Face trainer: 50 steps");
    expect(parameters(said)).toMatchObject({ E: 1.9, beta: 0.6 });
    const evaluated = isoflop(
      "trainer_state.json",
      "--law",
      "L = E + B/D^beta",
      "--map",
      "nTokens=step*524288,loss=eval_loss",
    );
    expect(evaluated).toMatch(
      /10 runs from[\s\S]*40 of 50 rows of the log, which lack one of step, eval_loss, were passed over/,
    );
    expect(parameters(evaluated)).toMatchObject({ E: 1.95, beta: 0.6 });
  });
});

describe("options that say how rows are taken", () => {
  const table = `run,params,tokens,loss\n${sweep.map(({ run, nParams, nTokens, loss }) => `${run},${nParams},${nTokens},${loss}`).join("\n")}\n`;

  test("--duplicates", () => {
    save("twice.csv", `${table}${table.split("\n").slice(1, 4).join("\n")}\n`);
    expect(isoflop("twice.csv")).toMatch(
      /35 runs from[\s\S]*3 rows have the same numbers as an earlier one and are kept/,
    );
    expect(isoflop("twice.csv", "--duplicates", "drop")).toMatch(
      /32 runs from[\s\S]*3 of 35 rows repeat an earlier one as a whole/,
    );
    const refused = spawnSync(process.execPath, [bin, "fit", "twice.csv", "--duplicates", "refuse"], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(refused).toMatchObject({ status: 1, stdout: "" });
    expect(refused.stderr).toContain("repeats line 2 as a whole");
  });

  test("--unit-check off", () => {
    save(
      "small.csv",
      `params,tokens,loss\n${sweep.map(({ nParams, nTokens, loss }) => `${nParams / 1e9},${nTokens / 1e9},${loss}`).join("\n")}\n`,
    );
    expect(isoflop("small.csv", "--unit-check", "off")).toContain("32 runs from small.csv");
  });

  test("a choice that there is not is told with those that there are", () => {
    for (const args of [
      ["--duplicates", "sometimes"],
      ["--unit-check", "maybe"],
      ["--decimal", "dot"],
    ]) {
      const refused = spawnSync(process.execPath, [bin, "fit", "twice.csv", ...args], {
        cwd: folder,
        encoding: "utf8",
      });
      expect(refused.status).not.toBe(0);
      expect(refused.stderr).toMatch(/Allowed choices are/);
    }
  });
});
