import { tmpdir } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { deep } from "../../../bench/soak/deep.js";
import { KernelProcess } from "../../dist/notebook/KernelProcess.js";
import { isoflopKernel } from "../../dist/notebook/kernelCommand.js";

test("deep cells of many kinds neither end nor block the kernel, through any request", async () => {
  const said: string[] = [];
  // All kinds, heaps of tokens and cut cells: `npm run bench -- soak`.
  const { tries, faults } = await deep({ tries: 25, seed: 11, quick: true, log: (line) => said.push(line) });
  expect(faults, said.join("\n")).toEqual([]);
  expect(tries).toBe(25);
});

test("an interrupt ends an endless type check, a long reading and what waits for them; state stays", async () => {
  const kernel = await KernelProcess.start(isoflopKernel, { cwd: tmpdir() });
  const run = async (code: string) =>
    (await kernel.client.request("shell", "execute_request", { code, stop_on_error: false })).content;
  try {
    expect(await run("const kept = 42; let s: string")).toMatchObject({ status: "ok" });
    for (const cell of [
      "type L<N extends number, A extends unknown[] = []> = A['length'] extends N ? A : L<N, [...A, 1]>; let x: L<-1>; x = 1",
      "type P<T extends string, U extends string = T> = [T] extends [never] ? [] : T extends U ? [T, ...P<Exclude<U, T>>] : never; let p!: P<'0'|'1'|'2'|'3'|'4'|'5'|'6'|'7'|'8'|'9'>; p.length",
      "export ".repeat(30_000),
    ]) {
      const running = run(cell);
      await delay(500);
      const began = performance.now();
      await kernel.interrupt();
      expect(await running).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
      expect(performance.now() - began).toBeLessThan(5_000);
      expect(await run("s = kept")).toMatchObject({ status: "error", ename: "TypeScriptError" });
      expect(await run("if (kept !== 42) throw 0")).toMatchObject({ status: "ok" });
      expect(performance.now() - began).toBeLessThan(10_000);
    }
  } finally {
    await kernel.close();
  }
});
