import { afterEach, describe, expect, it } from "vitest";
import { SessionHistory } from "../../src/session/globals/history.ts";

interface Names {
  In: string[];
  Out: Record<number, unknown>;
  _: unknown;
  __: unknown;
  ___: unknown;
}

const names = globalThis as unknown as Names;
const installed = () => {
  const history = new SessionHistory();
  history.install();
  return history;
};

describe("the history of a session", () => {
  afterEach(() => {
    for (const name of ["In", "Out", "_", "__", "___"]) Reflect.deleteProperty(globalThis, name);
  });

  it("moves each result one on", () => {
    const history = installed();
    expect([names._, names.__, names.___]).toEqual([undefined, undefined, undefined]);
    for (const value of ["a", "b", "c", "d"]) history.addOutput(value.charCodeAt(0), value);
    expect([names._, names.__, names.___]).toEqual(["d", "c", "b"]);
    expect(names.Out).toEqual({ 97: "a", 98: "b", 99: "c", 100: "d" });
  });

  it("keeps a thousand results, and all inputs at their numbers", () => {
    const history = installed();
    for (let n = 1; n <= 2500; n++) {
      history.addInput(n, `cell ${n}`);
      history.addOutput(n, n);
    }
    const kept = Object.keys(names.Out).length;
    expect(kept).toBeGreaterThan(790);
    expect(kept).toBeLessThanOrEqual(1000);
    expect([names.Out[2500], names.Out[1], names.In[0], names.In[7]]).toEqual([
      2500,
      undefined,
      "",
      "cell 7",
    ]);
  });

  it("goes on where cells have frozen, deleted or replaced what they see of it", () => {
    const history = installed();
    history.addOutput(1, "kept");
    Object.freeze(names.Out);
    Object.freeze(names.In);
    history.addInput(2, "x");
    history.addOutput(2, "later");
    expect([names.Out, names._]).toEqual([{ 1: "kept" }, "later"]);
    names._ = 5;
    history.addOutput(3, "own");
    expect([names._, names.__]).toEqual([5, "later"]);
    Reflect.deleteProperty(globalThis, "Out");
    expect(() => history.addOutput(4, "gone")).not.toThrow();
  });
});
