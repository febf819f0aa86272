import type { Locator, Page } from "playwright-core";

/** A notebook that is open in JupyterLab, in front of the others. Cells are counted from 0, Markdown included. */
export class LabNotebook {
  readonly panel: Locator;
  readonly #page: Page;
  readonly #name: string;

  constructor(page: Page, name: string) {
    this.#page = page;
    this.#name = name;
    this.panel = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)");
  }

  /** Waits until the kernel is connected and has nothing to do; what the toolbar shows is "idle" before that too. */
  async isIdle(): Promise<void> {
    await this.#page.waitForFunction((name) => {
      const { context, sessionContext } = globalThis.jupyterapp.shell.currentWidget ?? {};
      return context?.path === name && sessionContext?.session?.kernel?.status === "idle";
    }, this.#name);
    await this.cell(0).waitFor();
  }

  cell(index: number): Locator {
    return this.panel.locator(".jp-Cell").nth(index);
  }

  /** Cells far from what is in view have no outputs in the page. */
  async scrollTo(index: number): Promise<void> {
    await this.#page.evaluate(
      (index) => globalThis.jupyterapp.shell.currentWidget?.content?.scrollToItem(index),
      index,
    );
    await this.cell(index).locator(".jp-OutputArea-output").first().waitFor();
  }

  /** Puts the cursor at the end of a cell. */
  async edit(index: number): Promise<void> {
    await this.cell(index).locator(".cm-content").click();
    await this.#page.keyboard.press("Control+End");
  }

  /** Runs a cell and does not wait. */
  async start(index: number): Promise<void> {
    await this.edit(index);
    await this.#page.keyboard.press("Control+Enter");
  }

  /** Waits until a cell has run; the texts of its outputs. */
  async finish(index: number): Promise<string[]> {
    await this.cell(index)
      .locator(".jp-InputPrompt", { hasText: /^\[\d+\]:$/ })
      .waitFor();
    return this.outputs(index);
  }

  outputs(index: number): Promise<string[]> {
    return this.cell(index).locator(".jp-OutputArea-output").allInnerTexts();
  }

  async run(index: number): Promise<string[]> {
    await this.start(index);
    await this.cell(index)
      .locator(".jp-InputPrompt", { hasText: /^\[(\*|\d+)\]:$/ })
      .waitFor();
    return this.finish(index);
  }

  /** Presses a button of the notebook's toolbar, by the name JupyterLab gives it. */
  async press(button: string): Promise<void> {
    await this.panel.locator(`[data-jp-item-name="${button}"]`).click();
  }
}

declare global {
  /** In the page: JupyterLab itself, as far as the tests ask it something. */
  var jupyterapp: {
    commands: { execute(id: string, args: object): Promise<unknown> };
    shell: {
      currentWidget?: {
        content?: { scrollToItem(index: number): Promise<void> };
        context?: { path: string };
        sessionContext?: { session?: { kernel?: { status: string } } };
      };
    };
  };
}
