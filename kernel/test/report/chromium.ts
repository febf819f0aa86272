import { existsSync } from "node:fs";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

/** Starts the machine's Chromium. A machine without one fails loudly: the pages would go unchecked. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  if (!existsSync(executablePath)) {
    throw new Error(`there is no ${executablePath}; install chromium or set CHROMIUM to its path`);
  }
  const quiet = [
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ];
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", ...quiet] });
}

export interface Visit {
  page: Page;
  /** Addresses asked for besides the page itself; data: and blob: stay inside it. */
  requests: string[];
  /** Errors of the console and of scripts, policy violations among them. */
  errors: string[];
}

/** Opens a page from disk and waits until all its figures are drawn. */
export async function visit(
  browser: Browser,
  path: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const requests: string[] = [];
  const errors: string[] = [];
  const url = `file://${path}`;
  page.on("request", (request) => {
    if (request.url() !== url && !/^(data|blob):/.test(request.url())) requests.push(request.url());
  });
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(url);
  if (options.javaScriptEnabled !== false) {
    await page.locator("[data-plot]:not([data-drawn])").first().waitFor({ state: "detached" });
  }
  return { page, requests, errors };
}
