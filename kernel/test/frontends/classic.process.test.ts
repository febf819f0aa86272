import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { repository } from "../clients/installedKernel.ts";
import { savedCells, savedErrors } from "../clients/savedNotebook.ts";
import { ClassicNotebook } from "./ClassicNotebook.ts";
import { eventually } from "./eventually.ts";

describe("the classic Notebook", () => {
  let notebook: ClassicNotebook;
  beforeAll(async () => {
    notebook = await ClassicNotebook.start();
  });
  afterAll(() => notebook?.close());

  it("runs all of chinchilla.ipynb, saves it, and shows it again as it was", async () => {
    const path = join(notebook.folder, "chinchilla.ipynb");
    copyFileSync(join(repository, "notebooks/chinchilla.ipynb"), path);
    await notebook.open("chinchilla.ipynb");
    await notebook.choose("celllink", "run_all_cells");
    const count = savedCells(path).length;
    await notebook.page.locator(".input_prompt", { hasText: `[${count}]` }).waitFor({ timeout: 60_000 });
    await notebook.save();
    const cells = savedCells(path);
    expect(savedErrors(cells)).toEqual([]);
    expect(cells.map(({ execution_count }) => execution_count)).toEqual(cells.map((_, index) => index + 1));
    expect(cells.filter(({ outputs }) => outputs.length === 0)).toEqual([]);

    const shown = await notebook.page.locator(".output_subarea").count();
    await notebook.open("chinchilla.ipynb");
    await eventually(() => notebook.page.locator(".output_subarea").count()).toBe(shown);
    // It cannot draw Plotly's figures, and shows the still pictures that come with them.
    const pictures = notebook.page.locator(".output_html img.static-plot");
    const widths = await pictures.evaluateAll((all) => all.map((each) => (each as HTMLImageElement).width));
    expect(widths.length).toBeGreaterThan(0);
    expect(Math.min(...widths)).toBeGreaterThan(300);
    expect((await notebook.outputs(29)).join()).toContain("tokens per parameter");
  });

  it("completes with Tab and shows on Shift-Tab what a name is", async () => {
    await notebook.open("completion.ipynb", ["const people = ['Ada'];", "people[0].padS", "Math.", "people"]);
    await notebook.run(0);
    await notebook.edit(1);
    await notebook.page.keyboard.press("Tab");
    await eventually(() => notebook.cell(1).locator(".CodeMirror-line").textContent()).toBe(
      "people[0].padStart",
    );

    await notebook.edit(2);
    await notebook.page.keyboard.press("Tab");
    const offered = notebook.page.locator("#complete option");
    await offered.filter({ hasText: "hypot" }).waitFor();
    await offered.filter({ hasText: "hypot" }).dblclick();
    await eventually(() => notebook.cell(2).locator(".CodeMirror-line").textContent()).toBe("Math.hypot");

    await notebook.edit(3);
    await notebook.page.keyboard.press("Shift+Tab");
    await eventually(() => notebook.page.locator("#tooltip .tooltiptext").textContent()).toContain(
      "const people: string[]",
    );
  });

  it("interrupts a loop and keeps the variables; restarts and forgets them", async () => {
    await notebook.open("stop.ipynb", ["let kept = 41;", "for (;;) {}", "kept + 1"]);
    await notebook.run(0);
    await notebook.start(1);
    await notebook.choose("kernellink", "int_kernel");
    expect((await notebook.finish(1)).join()).toContain("KeyboardInterrupt");
    expect(await notebook.run(2)).toEqual(["42"]);

    await notebook.choose("kernellink", "restart_kernel");
    await notebook.page.locator(".modal-dialog .btn-danger").click();
    await notebook.isIdle();
    expect((await notebook.run(2)).join()).toContain("Cannot find name 'kept'");
    expect(await notebook.cell(2).locator(".input_prompt").textContent()).toContain("[1]");
  });

  it("asks below the cell and goes on with the answer; a secret is not shown", async () => {
    await notebook.open("input.ipynb", [
      "const who = await input('Your name?'); 'Hello ' + who",
      "const key = await input('Key?', { password: true }); key.length",
    ]);
    const field = notebook.page.locator("input.raw_input");
    await notebook.start(0);
    await field.fill("Ada");
    await field.press("Enter");
    expect((await notebook.finish(0)).join()).toContain("'Hello Ada'");

    await notebook.start(1);
    expect(await field.getAttribute("type")).toBe("password");
    await field.fill("a-secret");
    await field.press("Enter");
    const shown = (await notebook.finish(1)).join();
    expect(shown).toContain("8");
    expect(shown).not.toContain("a-secret");
  });

  it("moves a bar of progress in place and saves where it stood last", async () => {
    await notebook.open("progress.ipynb", [
      "const bar = progress(3, { label: 'steps' });\nfor (let i = 0; i < 3; i++) {\n  await new Promise((resolve) => setTimeout(resolve, 100));\n  bar.tick();\n}",
    ]);
    await notebook.start(0);
    const bar = notebook.cell(0).locator("progress");
    await bar.waitFor();
    await eventually(() => bar.getAttribute("value")).toBe("3");
    expect(await bar.count()).toBe(1);
    await notebook.save();
    const [cell] = savedCells(join(notebook.folder, "progress.ipynb"));
    expect(cell!.outputs).toHaveLength(1);
    expect(JSON.stringify(cell!.outputs)).toContain("steps: 3 of 3 (100 %)");
  });
});
