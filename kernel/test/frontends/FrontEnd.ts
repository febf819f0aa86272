import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { type InstalledKernel, installKernel, repository } from "../clients/installedKernel.ts";
import { launchChromium } from "../report/chromium.ts";
import { type JupyterServer, startServer } from "./jupyterServer.ts";

/** What a front end stands on: the kernel installed as a user does it, a server of Jupyter's, a page of Chromium. */
export class FrontEnd {
  /** Where the notebooks are. Packages are found from there as in a clone of the repository. */
  readonly folder: string;
  page!: Page;
  /** Goes with the front end; the notebooks are in a folder of it. */
  protected readonly root = mkdtempSync(join(tmpdir(), "isoflop-front-end-"));
  readonly #kernel: InstalledKernel;
  #server: JupyterServer | undefined;
  #browser: Browser | undefined;

  protected constructor() {
    this.folder = join(this.root, "notebooks");
    mkdirSync(this.folder);
    symlinkSync(join(repository, "node_modules"), join(this.folder, "node_modules"));
    this.#kernel = installKernel();
  }

  /** Starts the server and the browser. */
  protected async serve(command: string[], app: "ServerApp" | "NotebookApp"): Promise<void> {
    this.#server = await startServer(command, app, this.folder, this.#kernel.env);
    this.#browser = await launchChromium();
    this.page = await this.#browser.newPage({ viewport: { width: 1280, height: 900 } });
    this.page.setDefaultTimeout(40_000);
  }

  protected async visit(path: string): Promise<void> {
    const { url, token } = this.#server!;
    await this.page.goto(`${url}/${path}${path.includes("?") ? "&" : "?"}token=${token}`);
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    await this.#server?.close();
    this.#kernel.remove();
    rmSync(this.root, { recursive: true, force: true });
  }
}
