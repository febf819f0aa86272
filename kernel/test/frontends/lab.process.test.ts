import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { repository } from "../clients/installedKernel.ts";
import { savedCells, savedErrors } from "../clients/savedNotebook.ts";
import { eventually } from "./eventually.ts";
import { Lab } from "./Lab.ts";
import { LabDebugger } from "./LabDebugger.ts";

describe("JupyterLab 4", () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await Lab.start();
  });
  afterAll(() => lab?.close());

  it("runs all of chinchilla.ipynb, saves it, and shows it again as it was", async () => {
    const path = join(lab.folder, "chinchilla.ipynb");
    copyFileSync(join(repository, "notebooks/chinchilla.ipynb"), path);
    await lab.open("chinchilla.ipynb");
    await lab.command("notebook:run-all-cells");
    await lab.command("docmanager:save");
    const cells = savedCells(path);
    expect(savedErrors(cells)).toEqual([]);
    expect(cells.map(({ execution_count }) => execution_count)).toEqual(cells.map((_, index) => index + 1));
    expect(cells.filter(({ outputs }) => outputs.length === 0)).toEqual([]);

    await lab.command("application:close");
    const again = await lab.open("chinchilla.ipynb");
    await again.scrollTo(29);
    // The page draws a cell once it is in sight.
    await expect
      .poll(async () => (await again.outputs(29)).join(), { timeout: 20_000 })
      .toContain("tokens per parameter");
    expect(savedCells(path)).toEqual(cells);
  });

  it("draws a figure with Plotly: a still picture first, under the mouse the figure itself", async () => {
    const notebook = await lab.open("figure.ipynb", [
      'display.raw({ "application/vnd.plotly.v1+json": { data: [{ y: [1, 4, 9] }], layout: { title: { text: "Squares" } } } })',
      '({ data: [{ x: [1, 2], y: [3, 4], type: "bar" }], layout: { width: 400 } })',
    ]);
    for (const index of [0, 1]) {
      await notebook.run(index);
      const figure = notebook.cell(index).locator(".jp-RenderedPlotly");
      await figure.hover();
      await figure.locator(".plot-container .main-svg").first().waitFor();
    }
  });

  it("completes with Tab, each with its kind, and puts what is chosen into the cell", async () => {
    const notebook = await lab.open("completion.ipynb", ["const people = ['Ada'];", "people[0].padS", "Mat"]);
    await notebook.run(0);
    await notebook.edit(1);
    await lab.page.keyboard.press("Tab");
    const offered = lab.page.locator(".jp-Completer-item");
    await offered.filter({ hasText: /^m\s*padStart\s*method$/ }).waitFor();
    await lab.page.keyboard.press("Enter");
    await eventually(() => notebook.cell(1).locator(".cm-content").textContent()).toBe("people[0].padStart");

    await notebook.edit(2);
    await lab.page.keyboard.type("h.");
    await lab.page.keyboard.press("Tab");
    const sqrt = offered.filter({ hasText: /^m\s*sqrt\s*method$/ });
    await sqrt.waitFor();
    await sqrt.click();
    await eventually(() => notebook.cell(2).locator(".cm-content").textContent()).toBe("Math.sqrt");
  });

  it("says on Shift-Tab what a name is, with its type and its doc comment", async () => {
    const notebook = await lab.open("hover.ipynb", [
      "/** Adds all up. */\nfunction total(values: number[]): number {\n  return values.reduce((a, b) => a + b, 0);\n}",
      "total",
    ]);
    await notebook.run(0);
    await notebook.edit(1);
    await lab.page.keyboard.press("Shift+Tab");
    const tooltip = lab.page.locator(".jp-Tooltip");
    await tooltip.waitFor();
    const text = await tooltip.textContent();
    expect(text).toContain("function total(values: number[]): number");
    expect(text).toContain("Adds all up.");
    expect(text).not.toContain("```");
  });

  it("keeps the contextual help beside the notebook up to date", async () => {
    const notebook = await lab.open("help.ipynb", ["Math.hypot"]);
    await lab.command("inspector:open");
    await lab.command("docmanager:open", { path: "help.ipynb" });
    await notebook.edit(0);
    await lab.page.keyboard.press("ArrowLeft");
    const help = lab.page.locator(".jp-Inspector");
    await eventually(() => help.textContent()).toContain("hypot(...values: number[]): number");
  });

  it("interrupts a loop and keeps the variables; restarts and forgets them", async () => {
    const notebook = await lab.open("stop.ipynb", ["let kept = 41;", "for (;;) {}", "kept + 1"]);
    await notebook.run(0);
    await notebook.start(1);
    await notebook.cell(1).locator(".jp-InputPrompt", { hasText: "[*]:" }).waitFor();
    await notebook.press("interrupt");
    expect((await notebook.finish(1)).join()).toContain("KeyboardInterrupt");
    expect(await notebook.run(2)).toEqual(["42"]);

    const restarted = lab.command("notebook:restart-kernel");
    await lab.page.locator(".jp-Dialog .jp-mod-accept").click();
    await restarted;
    await notebook.isIdle();
    expect((await notebook.run(2)).join()).toContain("Cannot find name 'kept'");
    expect(await notebook.cell(2).locator(".jp-InputPrompt").textContent()).toBe("[1]:");
  });

  it("asks with prompt below the cell and goes on with the answer; a secret is not shown", async () => {
    const notebook = await lab.open("input.ipynb", [
      "const who = prompt('Your name?'); 'Hello ' + who",
      "const key = await input('Key?', { password: true }); key.length",
    ]);
    await notebook.start(0);
    const input = notebook.cell(0).locator(".jp-Stdin-input");
    await input.fill("Ada");
    await input.press("Enter");
    expect((await notebook.finish(0)).join()).toContain("'Hello Ada'");

    await notebook.start(1);
    const secret = notebook.cell(1).locator(".jp-Stdin-input");
    expect(await secret.getAttribute("type")).toBe("password");
    await secret.fill("a-secret");
    await secret.press("Enter");
    const shown = (await notebook.finish(1)).join();
    expect(shown).toContain("8");
    expect(shown).not.toContain("a-secret");
  });

  it("moves a bar of progress in place", async () => {
    const notebook = await lab.open("progress.ipynb", [
      "const bar = progress(4, { label: 'steps' });\nfor (let i = 0; i < 4; i++) {\n  await new Promise((resolve) => setTimeout(resolve, 150));\n  bar.tick();\n}",
    ]);
    await notebook.start(0);
    const bar = notebook.cell(0).locator("progress");
    await bar.waitFor();
    await notebook.finish(0);
    await eventually(() => bar.getAttribute("value")).toBe("4");
    expect(await bar.count()).toBe(1);
    expect((await notebook.outputs(0)).join()).toContain("steps: 4 of 4 (100 %)");
  });

  it("stops at a breakpoint, shows what the code sees there, steps, evaluates and goes on", async () => {
    const notebook = await lab.open("debugger.ipynb", [
      "const factor = 3; factor",
      "function scaled(values: number[]): number {\n  let sum = 0;\n  for (const value of values) {\n    const twice = value * 2;\n    sum += twice * factor;\n  }\n  return sum;\n}\nscaled([1, 2])",
    ]);
    await notebook.run(0);
    const tool = new LabDebugger(lab.page, notebook);
    await tool.turnOn();
    await tool.breakAt(1, 4);
    await notebook.start(1);
    await eventually(() => tool.line()).toBe("const twice = value * 2;");
    await eventually(() => tool.calls()).toEqual(["scaledCell [*]:4", "<cell>Cell [*]:9"]);
    await eventually(() => tool.variables()).toEqual([
      "twice: undefined",
      "value: 1",
      "values: [1, 2]",
      "sum: 0",
    ]);

    await tool.press("Next");
    await eventually(() => tool.line()).toBe("sum += twice * factor;");
    await eventually(() => tool.variables()).toEqual(["twice: 2", "value: 1", "values: [1, 2]", "sum: 0"]);
    expect(await tool.evaluate("twice * factor + values.length")).toBe("8");
    expect(await tool.evaluate("sum = 100; ({ sum, values })")).toBe("{ sum: 100, values: Array(2) }");
    await eventually(() => tool.variables()).toContain("sum: 100");
    expect(await tool.scopes()).toEqual(["Locals", "Globals"]);
    await tool.choose("Globals");
    await eventually(() => tool.variables()).toContain("factor: 3");
    // The kernel has variables of its own around those of a cell.
    const foreign = (await tool.variables()).filter((each) => !/^(factor|scaled): /.test(each));
    expect(foreign).toEqual([]);

    await tool.press("Continue");
    await eventually(() => tool.line()).toBe("const twice = value * 2;");
    await tool.press("Step Out");
    await eventually(() => tool.line()).toBe("scaled([1, 2])");
    await tool.press("Continue");
    expect(await notebook.finish(1)).toEqual(["118"]);
  });
});
