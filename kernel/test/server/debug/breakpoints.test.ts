import { describe, expect, it } from "vitest";
import { Breakpoints } from "../../../src/server/debug/breakpoints.ts";
import type { DebuggedCells } from "../../../src/server/debug/debuggedCells.ts";
import { InspectorClient } from "../../../src/server/debug/inspectorClient.ts";

interface Request {
  id: number;
  method: string;
  params: { breakpointId?: string; lineNumber?: number; condition?: string };
}

/** V8 as far as breakpoints go: it names one by its place alone, takes one a place, and answers when it likes. */
class FakeV8 {
  readonly said: string[] = [];
  readonly has = new Map<string, string>();
  readonly client = new InspectorClient((message) => {
    const request = message as unknown as Request;
    setTimeout(() => this.client.onReply(this.#answer(request)), (request.id * 2) % 3);
  });
  refuses: string | undefined;

  #answer({ id, method, params }: Request) {
    const breakpointId = params.breakpointId ?? `1:${params.lineNumber}`;
    const condition = params.condition ?? "";
    this.said.push(`${method.slice("Debugger.".length)} ${breakpointId}${condition && ` if ${condition}`}`);
    if (this.refuses === breakpointId) return { id, error: "refused" };
    if (method === "Debugger.removeBreakpoint") this.has.delete(breakpointId);
    else if (this.has.has(breakpointId))
      return { id, error: "Breakpoint at specified location already exists." };
    else this.has.set(breakpointId, condition);
    return { id, result: { breakpointId } };
  }
}

/** Each line of a cell is a line of code but the tenth, which is part of the ninth. */
const cells = {
  toGenerated: (_: string, line: number) => ({ lineNumber: line === 10 ? 9 : line, columnNumber: 0 }),
} as unknown as DebuggedCells;
const lines = (...numbers: number[]) => numbers.map((line) => ({ line }));

function start() {
  const v8 = new FakeV8();
  const breakpoints = new Breakpoints(v8.client, cells);
  const ask = (wanted: { line: number; condition?: string }[]) => {
    breakpoints.want("/cell.ts", wanted);
    return breakpoints.install("/cell.ts");
  };
  return { v8, ask };
}

describe("breakpoints", () => {
  it("that stay are not taken away for a moment, in which running code would pass them", async () => {
    const { v8, ask } = start();
    await ask(lines(1, 2));
    v8.said.length = 0;
    expect(await ask(lines(2, 3))).toEqual([true, true]);
    expect(v8.said).toEqual(["setBreakpointByUrl 1:3", "removeBreakpoint 1:1"]);
    v8.said.length = 0;
    await ask(lines(3, 2));
    expect(v8.said).toEqual([]);
  });

  it("get another condition in place of the one before", async () => {
    const { v8, ask } = start();
    await ask(lines(1, 2));
    await ask([{ line: 1, condition: "n > 3" }, { line: 2 }]);
    expect(v8.has).toEqual(
      new Map([
        ["1:2", ""],
        ["1:1", "n > 3"],
      ]),
    );
    await ask([{ line: 1, condition: "n > 4" }]);
    expect(v8.has).toEqual(new Map([["1:1", "n > 4"]]));
  });

  it("of two lines that are one of the code are one", async () => {
    const { v8, ask } = start();
    expect(await ask(lines(9, 10, 9))).toEqual([true, true, true]);
    expect(v8.has).toEqual(new Map([["1:9", ""]]));
    await ask([]);
    expect(v8.has.size).toBe(0);
  });

  it("that are asked for while others are being set come after those", async () => {
    for (let round = 0; round < 20; round++) {
      const { v8, ask } = start();
      await Promise.all([ask(lines(1, 2)), ask(lines(2, 3)), ask(lines(1, 3))]);
      expect([...v8.has.keys()].sort()).toEqual(["1:1", "1:3"]);
    }
  });

  it("are remembered when V8 refuses one of them", async () => {
    const { v8, ask } = start();
    await ask(lines(1, 2));
    v8.refuses = "1:3";
    await expect(ask(lines(3, 4))).rejects.toThrow("refused");
    v8.refuses = undefined;
    await ask([]);
    expect(v8.has.size).toBe(0);
  });
});
