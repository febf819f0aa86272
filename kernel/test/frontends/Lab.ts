import { execFile } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { writeNotebook } from "../clients/savedNotebook.ts";
import { FrontEnd } from "./FrontEnd.ts";
import { pythonWith } from "./jupyterServer.ts";
import { LabNotebook } from "./LabNotebook.ts";

const source = fileURLToPath(new URL("lab/", import.meta.url));

/** What would ask people or the network for something, or save at a moment of its own. */
const settings = {
  "@jupyterlab/apputils-extension:notification": { fetchNews: "false", checkForUpdates: false },
  "@jupyterlab/docmanager-extension:plugin": { autosave: false },
};

/** JupyterLab, made of its own packages, on Debian's server. */
export class Lab extends FrontEnd {
  static async start(): Promise<Lab> {
    if (!existsSync(join(source, "node_modules"))) {
      throw new Error("JupyterLab's packages are not there: npm ci --prefix kernel/test/frontends/lab");
    }
    const python = pythonWith("jupyter_server", "jupyterlab_server");
    const lab = new Lab();
    const built = join(lab.root, "lab");
    const bundle = promisify(execFile)(process.execPath, [join(source, "build.js"), built]);
    bundle.catch(() => {}); // told below, where it is waited for
    try {
      mkdirSync(join(built, "settings"), { recursive: true });
      writeFileSync(join(built, "settings/overrides.json"), JSON.stringify(settings));
      await lab.serve([python, join(source, "lab.py"), built], "ServerApp");
      await bundle;
      // Without "reset" the notebooks of last time would be opened.
      await lab.visit("lab?reset");
      await lab.page.locator("#jp-main-dock-panel").waitFor();
      return lab;
    } catch (error) {
      await Promise.allSettled([bundle]);
      await lab.close();
      throw error;
    }
  }

  /** Opens a notebook as a click in the file browser does, written of these cells if they are given. */
  async open(name: string, sources?: readonly string[]): Promise<LabNotebook> {
    if (sources) writeNotebook(join(this.folder, name), sources);
    await this.command("docmanager:save-all"); // to be asked about nothing
    await this.command("application:close-all");
    await this.command("docmanager:open", { path: name });
    const notebook = new LabNotebook(this.page, name);
    await notebook.isIdle();
    return notebook;
  }

  /** Does what a menu, a button or a key does, and waits until that is done. */
  async command(id: string, args: Record<string, unknown> = {}): Promise<void> {
    await this.page.evaluate(
      async ([id, args]) => {
        await globalThis.jupyterapp.commands.execute(id, args);
      },
      [id, args] as const,
    );
  }
}
