import { join } from "node:path";
import type { Locator } from "playwright-core";
import { writeNotebook } from "../clients/savedNotebook.ts";
import { FrontEnd } from "./FrontEnd.ts";
import { pythonWith } from "./jupyterServer.ts";

/** The classic Notebook, version 6, which Debian has; it shows one notebook a page. Cells are counted from 0. */
export class ClassicNotebook extends FrontEnd {
  static async start(): Promise<ClassicNotebook> {
    const python = pythonWith("notebook");
    const notebook = new ClassicNotebook();
    try {
      await notebook.serve([python, "-m", "notebook"], "NotebookApp");
      return notebook;
    } catch (error) {
      await notebook.close();
      throw error;
    }
  }

  /** Opens a notebook, written of these cells if they are given, and waits until its kernel has nothing to do. */
  async open(name: string, sources?: readonly string[]): Promise<void> {
    if (sources) writeNotebook(join(this.folder, name), sources);
    await this.visit(`notebooks/${name}`);
    await this.isIdle();
  }

  async isIdle(): Promise<void> {
    await this.page.waitForFunction(() => {
      const kernel = globalThis.Jupyter?.notebook?.kernel;
      return kernel?.is_connected() && kernel.info_reply?.status === "ok";
    });
    await this.page.locator("#kernel_indicator_icon.kernel_idle_icon").waitFor();
  }

  cell(index: number): Locator {
    return this.page.locator("#notebook-container > .cell").nth(index);
  }

  /** Puts the cursor at the end of a cell. */
  async edit(index: number): Promise<void> {
    await this.cell(index).locator(".CodeMirror-lines").click();
    await this.page.keyboard.press("Control+End");
  }

  /** Runs a cell and does not wait. */
  async start(index: number): Promise<void> {
    await this.edit(index);
    await this.page.keyboard.press("Control+Enter");
    await this.cell(index)
      .locator(".input_prompt", { hasText: /\[(\*|\d+)\]/ })
      .waitFor();
  }

  /** Waits until a cell has run and all that it sent is there; the texts of its outputs. */
  async finish(index: number): Promise<string[]> {
    await this.page.waitForFunction((index) => {
      const notebook = globalThis.Jupyter.notebook!;
      const request = notebook.kernel!._msg_callbacks[notebook.get_cell(index).last_msg_id];
      return request?.shell_done && request.iopub_done;
    }, index);
    return this.outputs(index);
  }

  outputs(index: number): Promise<string[]> {
    return this.cell(index).locator(".output_subarea").allInnerTexts();
  }

  async run(index: number): Promise<string[]> {
    await this.start(index);
    return this.finish(index);
  }

  /** Chooses an item of a menu, by their ids. */
  async choose(menu: "celllink" | "kernellink" | "filelink", item: string): Promise<void> {
    await this.page.locator(`#${menu}`).click();
    await this.page.locator(`#${item}`).click();
  }

  async save(): Promise<void> {
    await this.page.locator('[data-jupyter-action="jupyter-notebook:save-notebook"]').click();
    await this.page.locator("#notification_notebook", { hasText: /saved|created/i }).waitFor();
  }
}

declare global {
  /** In the page: the classic Notebook itself. */
  var Jupyter: {
    notebook?: {
      get_cell(index: number): { last_msg_id: string };
      kernel?: {
        is_connected(): boolean;
        info_reply?: { status?: string };
        _msg_callbacks: Record<string, { shell_done?: boolean; iopub_done?: boolean } | undefined>;
      };
    };
  };
}
