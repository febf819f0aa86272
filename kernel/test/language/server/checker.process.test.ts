import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { LanguageServer } from "../../../dist/language/server/languageServer.js";
import { startLanguage } from "../../../dist/language/startLanguage.js";

const folder = mkdtempSync(join(tmpdir(), "isoflop-checker-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A type without end, as far as anybody waits: each level takes the levels below it several times. */
const endless = [
  "type L<N extends number, A extends unknown[] = []> = A['length'] extends N ? A : L<N, [...A, 1]>; let x: L<-1>; x = 1",
  "type P<T extends string, U extends string = T> = [T] extends [never] ? [] : T extends U ? [T, ...P<Exclude<U, T>>] : never; let p!: P<'0'|'1'|'2'|'3'|'4'|'5'|'6'|'7'|'8'|'9'>; p.length",
  `const data = ${'{ "a": ['.repeat(38)}1${"] }".repeat(38)}; const more = ${"[{ a: (".repeat(90)}1${") }]".repeat(90)}; more`,
  "type B<N, M> = N extends [infer _, ...infer R] ? { [K in keyof M]: B<R, B<R, M>> } : M; let b!: B<[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16], [1, 2]>; b[0][1]",
];

/** Processes of this process that are TypeScript's server. */
function checkers(): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const parent = Number(readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ")[1]);
        return parent === process.pid && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("--lsp");
      } catch {
        return false;
      }
    });
}

describe("the type checker", () => {
  it("is started anew when it is killed, whatever is asked of it; the answers are right", async () => {
    const language = startLanguage({ cwd: folder });
    await language.check("const before = { alpha: 1, beta: 'b' }");
    language.commit("const before = { alpha: 1, beta: 'b' }");
    for (let round = 0; round < 6; round++) {
      const asked = Promise.all([
        language.complete("before.", 7),
        language.check("const wrong: string = before.alpha"),
        language.inspect("before", 3, 0),
      ]);
      await delay(round * 4);
      for (const pid of checkers()) process.kill(pid, "SIGKILL");
      const [completion, errors, inspection] = await asked;
      expect(completion.matches).toEqual(["alpha", "beta"]);
      expect(errors).toMatchObject([{ code: 2322 }]);
      expect(inspection.data["text/plain"]).toContain("alpha: number");
    }
    await language.dispose();
  });

  it("is given up at an interrupt, whatever keeps it, and answers the next question", async () => {
    const language = startLanguage({ cwd: folder });
    await language.check("const kept = 1");
    language.commit("const kept = 1");
    for (const cell of endless) {
      const checking = language.check(cell).catch((error: Error) => error.message);
      await delay(700);
      const began = performance.now();
      language.interrupt();
      await checking;
      expect(await language.check("const wrong: string = kept")).toMatchObject([{ code: 2322 }]);
      expect(performance.now() - began).toBeLessThan(5_000);
    }
    await language.dispose();
  });

  it("leaves data that nests very deeply unchecked, says so, and later cells take it for any", async () => {
    const language = startLanguage({ cwd: folder });
    for (const [n, open, close] of [
      [500, '{ "a": [', "] }"],
      [1_000, '{ "a": ', " }"],
      [1_000, "[", "]"],
    ] as const) {
      const cell = `const deep = ${open.repeat(n)}1${close.repeat(n)}; let list = deep`;
      const began = performance.now();
      await expect(language.check(cell)).rejects.toThrow("its data nests 1000 deep");
      language.commit(cell);
      expect(await language.check("const c: string = deep; list = 5; const wrong: string = 1")).toMatchObject(
        [{ code: 2322, message: "Type 'number' is not assignable to type 'string'." }],
      );
      expect(performance.now() - began).toBeLessThan(10_000);
    }
    await language.dispose();
  });

  it("is replaced when it takes too much memory, and the question that did it is not asked again", async () => {
    const server = new LanguageServer(folder, 0.02e9); // less than any checker takes
    const path = join(folder, "b.ts");
    server.write(path, endless[0]!);
    const asked = server.ask("textDocument/diagnostic", path, {}, 20_000);
    const { pid } = server;
    expect(await asked).toMatchObject({ none: "TypeScript took more than 0.02 GB of memory" });
    expect(server.pid).not.toBe(pid);
    await server.dispose();
  });

  it("is replaced when it hangs", async () => {
    const server = new LanguageServer(folder);
    const path = join(folder, "a.ts");
    server.write(path, "export const a: string = 1;");
    const hung = server.ask("textDocument/diagnostic", path, {}, 1_000);
    const [pid] = checkers();
    process.kill(pid!, "SIGSTOP");
    expect(await hung).toMatchObject({ none: expect.stringContaining("no answer within 1 s") });
    const answer = await server.ask<{ items: { code: number }[] }>(
      "textDocument/diagnostic",
      path,
      {},
      20_000,
    );
    expect(answer).toMatchObject({ result: { items: [{ code: 2322 }] } });
    expect(server.pid).not.toBe(pid);
    await server.dispose();
  });
});
