import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { LanguageServer } from "../../../dist/language/server/languageServer.js";
import { startLanguage } from "../../../dist/language/startLanguage.js";

const folder = mkdtempSync(join(tmpdir(), "isoflop-server-"));
afterAll(() => rmSync(folder, { recursive: true }));

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function ended(pid: number): Promise<boolean> {
  for (let waited = 0; isAlive(pid) && waited < 5000; waited += 50) await delay(50);
  return !isAlive(pid);
}

describe("LanguageServer", () => {
  it("starts anew with the same documents after it died", async () => {
    const server = new LanguageServer(folder);
    const path = join(folder, "memory.ts");
    const errors = async () => {
      const report = await server.request<{ items: { code: number }[] }>(
        "textDocument/diagnostic",
        path,
        {},
        20_000,
      );
      return report?.items.filter(({ code }) => code < 6000).map(({ code }) => code);
    };
    server.write(path, "export const a: number = 'text';\n");
    expect(await errors()).toEqual([2322]);
    const first = server.pid!;
    process.kill(first, "SIGKILL");
    expect(await ended(first)).toBe(true);
    server.write(path, "export const a: number = noSuchName;\n");
    expect(await errors()).toEqual([2304]);
    expect(server.pid).not.toBe(first);
    await server.dispose();
  });

  it("gives no answer instead of a late one", async () => {
    const server = new LanguageServer(folder);
    const path = join(folder, "slow.ts");
    server.write(path, "export {};");
    expect(await server.request("textDocument/diagnostic", path, {}, 0)).toBeUndefined();
    await server.dispose();
  });

  it("leaves no process after dispose", async () => {
    const server = new LanguageServer(folder);
    server.write(join(folder, "a.ts"), "export {};");
    await server.request("textDocument/diagnostic", join(folder, "a.ts"), {}, 20_000);
    const pid = server.pid!;
    await server.dispose();
    expect(await ended(pid)).toBe(true);
    expect(await server.request("textDocument/diagnostic", join(folder, "a.ts"), {}, 1000)).toBeUndefined();
  });

  it("ends when the process that started it is killed", async () => {
    const script = join(folder, "host.mjs");
    const module = new URL("../../../dist/language/server/languageServer.js", import.meta.url).href;
    writeFileSync(
      script,
      `const { LanguageServer } = await import(${JSON.stringify(module)});
       const server = new LanguageServer(${JSON.stringify(folder)});
       server.start();
       console.log(server.pid);
       setInterval(() => {}, 1000);`,
    );
    const host: ChildProcess = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
    const pid = Number(
      await new Promise<string>((resolve) => host.stdout!.once("data", (text) => resolve(String(text)))),
    );
    expect(isAlive(pid)).toBe(true);
    host.kill("SIGKILL");
    expect(await ended(pid)).toBe(true);
  });
});

describe("packages without types", () => {
  it("are not fetched behind the user's back: npm is never started", async () => {
    const project = mkdtempSync(join(folder, "plain-"));
    const [bin, log] = [join(project, "bin"), join(project, "npm.log")];
    mkdirSync(bin);
    writeFileSync(join(bin, "npm"), `#!/bin/sh\necho "$@" >> ${log}\n`, { mode: 0o755 });
    writeFileSync(join(project, "plain.js"), "module.exports = 1;\n");
    writeFileSync(join(project, "package.json"), '{"dependencies": {"lodash": "1"}}');
    const { PATH, XDG_CACHE_HOME } = process.env;
    Object.assign(process.env, { PATH: `${bin}:${PATH}`, XDG_CACHE_HOME: join(project, "cache") });
    const language = startLanguage({ cwd: project });
    try {
      for (const cell of [
        "import plain from './plain.js'; plain",
        "import lodash from 'lodash'",
        "const a = 1",
      ]) {
        await language.check(cell);
        language.commit(cell);
        await language.complete(`${cell}\na.`, cell.length + 3);
      }
      await delay(500);
    } finally {
      process.env.PATH = PATH;
      if (XDG_CACHE_HOME === undefined) delete process.env.XDG_CACHE_HOME;
      else process.env.XDG_CACHE_HOME = XDG_CACHE_HOME;
      await language.dispose();
    }
    expect(existsSync(log)).toBe(false);
  });
});

describe("the notebook's own tsconfig.json", () => {
  it("decides what it may decide, comments and all", async () => {
    const project = mkdtempSync(join(folder, "project-"));
    const config =
      '{\n  // a looser project\n  "compilerOptions": { "strict": false, "module": "commonjs", },\n}\n';
    writeFileSync(join(project, "tsconfig.json"), config);
    const language = startLanguage({ cwd: project });
    expect(
      await language.check("function f(x) { return x }\nlet s: string = null; await 1; import.meta.url"),
    ).toEqual([]);
    await language.dispose();
  });
});

describe("JSX", () => {
  it("is typed by the react of the notebook's folder", async () => {
    const project = mkdtempSync(join(folder, "react-"));
    const language = startLanguage({ cwd: project });
    const missing = await language.check("const a = <b>x</b>");
    expect(missing).toMatchObject([{ code: 2875, message: expect.stringContaining("npm install react") }]);
    language.commit("const before = 1");
    const types = join(project, "node_modules", "react");
    mkdirSync(types, { recursive: true });
    writeFileSync(
      join(types, "package.json"),
      '{"name": "react", "version": "1.0.0", "types": "index.d.ts"}',
    );
    writeFileSync(
      join(types, "jsx-runtime.d.ts"),
      "export namespace JSX { interface Element { tag: string } interface IntrinsicElements { b: { title?: string; children?: unknown } } }\nexport const jsx: unknown, jsxs: unknown, Fragment: unknown;\n",
    );
    expect(await language.check("const a = <b title='t'>{before}</b>; a.tag")).toEqual([]);
    language.commit("const a = <b title='t'>{before}</b>; a.tag");
    expect(await language.check("a.tag.length; const c = <b titel='t' />")).toMatchObject([{ code: 2322 }]);
    await language.dispose();
  });
});
