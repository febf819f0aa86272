import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Browser, Page } from "playwright-core";
import { type InstalledKernel, installKernel, repository } from "../clients/installedKernel.ts";
import { launchChromium } from "../report/chromium.ts";
import { type JupyterServer, pythonWith, startServer } from "./jupyterServer.ts";
import { LabNotebook } from "./LabNotebook.ts";
import { writeNotebook } from "./savedNotebook.ts";

const source = fileURLToPath(new URL("lab/", import.meta.url));

/** What would ask people or the network for something, or save at a moment of its own. */
const settings = {
  "@jupyterlab/apputils-extension:notification": { fetchNews: "false", checkForUpdates: false },
  "@jupyterlab/docmanager-extension:plugin": { autosave: false },
};

/** JupyterLab, made of its own packages, on Debian's server and in Chromium, with the kernel installed as a user does it. */
export class Lab {
  /** Where the notebooks are. Packages are found from there as in a clone of the repository. */
  readonly folder: string;
  page!: Page;
  readonly #built: string;
  readonly #kernel: InstalledKernel;
  #server: JupyterServer | undefined;
  #browser: Browser | undefined;

  private constructor() {
    const root = mkdtempSync(join(tmpdir(), "isoflop-lab-"));
    this.folder = join(root, "notebooks");
    this.#built = join(root, "lab");
    mkdirSync(this.folder);
    symlinkSync(join(repository, "node_modules"), join(this.folder, "node_modules"));
    this.#kernel = installKernel();
  }

  static async start(): Promise<Lab> {
    if (!existsSync(join(source, "node_modules"))) {
      throw new Error("JupyterLab's packages are not there: npm ci --prefix kernel/test/frontends/lab");
    }
    const python = pythonWith("jupyter_server", "jupyterlab_server");
    const lab = new Lab();
    const bundle = promisify(execFile)(process.execPath, [join(source, "build.js"), lab.#built]);
    bundle.catch(() => {}); // told below, where it is waited for
    try {
      mkdirSync(join(lab.#built, "settings"), { recursive: true });
      writeFileSync(join(lab.#built, "settings/overrides.json"), JSON.stringify(settings));
      const command = [python, join(source, "lab.py"), lab.#built];
      lab.#server = await startServer(command, "ServerApp", lab.folder, lab.#kernel.env);
      lab.#browser = await launchChromium();
      lab.page = await lab.#browser.newPage({ viewport: { width: 1280, height: 900 } });
      lab.page.setDefaultTimeout(20_000);
      await bundle;
      await lab.reload();
      return lab;
    } catch (error) {
      await Promise.allSettled([bundle]);
      await lab.close();
      throw error;
    }
  }

  async reload(): Promise<void> {
    // Without "reset" the notebooks of last time would be opened.
    await this.page.goto(`${this.#server!.url}/lab?token=${this.#server!.token}&reset`);
    await this.page.locator("#jp-main-dock-panel").waitFor();
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

  async close(): Promise<void> {
    await this.#browser?.close();
    await this.#server?.close();
    this.#kernel.remove();
    rmSync(join(this.folder, ".."), { recursive: true, force: true });
  }
}
