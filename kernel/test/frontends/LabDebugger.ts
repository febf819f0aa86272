import type { Page } from "playwright-core";
import { eventually } from "./eventually.ts";
import type { LabNotebook } from "./LabNotebook.ts";

/** JupyterLab's debugger: the button in the notebook's toolbar, the gutter of its cells, the panels beside it. */
export class LabDebugger {
  readonly #page: Page;
  readonly #notebook: LabNotebook;

  constructor(page: Page, notebook: LabNotebook) {
    this.#page = page;
    this.#notebook = notebook;
  }

  async turnOn(): Promise<void> {
    const button = this.#notebook.panel.locator(".jp-DebuggerBugButton");
    const isOn = () =>
      this.#notebook.panel
        .locator(".jp-DebuggerBugButton[aria-pressed=true]")
        .waitFor({ timeout: 5000 })
        .then(
          () => true,
          () => false,
        );
    // A click has no effect until the kernel has told JupyterLab that it has a debugger.
    do await button.click();
    while (!(await isOn()));
  }

  /** Clicks beside a line, counted from 1. */
  async breakAt(cell: number, line: number): Promise<void> {
    const breakpoints = this.#page.locator(".jp-DebuggerBreakpoint");
    const before = await breakpoints.count();
    const gutter = this.#notebook.cell(cell).locator(".cm-breakpoint-gutter .cm-gutterElement");
    await gutter.nth(line).click({ force: true });
    await eventually(() => breakpoints.count()).toBe(before + 1);
  }

  /** The line that is marked as the one which comes next. */
  async line(): Promise<string> {
    return (await this.#page.locator(".jp-DebuggerEditor-highlight").allTextContents()).join().trim();
  }

  /** Presses a button above the stack of calls, by its name or the beginning of it. */
  async press(name: "Continue" | "Next" | "Step In" | "Step Out"): Promise<void> {
    await this.#page.locator(`.jp-DebuggerSidebar jp-button[title^="${name}"]`).click();
  }

  async choose(scope: string): Promise<void> {
    await this.#page.locator(".jp-DebuggerSidebar select").selectOption(scope);
  }

  scopes(): Promise<string[]> {
    return this.#page.locator(".jp-DebuggerSidebar option").allTextContents();
  }

  /** What the panel shows, as `name: value` each. */
  async variables(): Promise<string[]> {
    const shown = this.#page.locator(
      ".jp-DebuggerVariables-body jp-tree-item:has(> .jp-DebuggerVariables-name)",
    );
    const texts = await shown.evaluateAll((items) =>
      items.map((item) =>
        ["name", "detail"].map((part) => item.querySelector(`.jp-DebuggerVariables-${part}`)?.textContent),
      ),
    );
    return texts.map(([name, value]) => `${name}: ${value}`);
  }

  calls(): Promise<string[]> {
    return this.#page.locator(".jp-DebuggerCallstackFrame").allTextContents();
  }

  /** Opens the console that evaluates where the code is stopped, or types into the one that is open; its last answer. */
  async evaluate(expression: string): Promise<string> {
    const console = this.#page.locator(".jp-DebugConsole");
    if ((await console.count()) === 0) {
      await this.#page.locator('.jp-DebuggerSidebar jp-button[title^="Evaluate"]').click();
    }
    const outputs = console.locator(".jp-OutputArea-output");
    const before = await outputs.count();
    await console.locator(".jp-CodeConsole-promptCell .cm-content").click();
    await this.#page.keyboard.type(expression);
    await this.#page.keyboard.press("Shift+Enter");
    await eventually(() => outputs.count()).toBe(before + 1);
    return ((await outputs.last().textContent()) ?? "").trim();
  }
}
