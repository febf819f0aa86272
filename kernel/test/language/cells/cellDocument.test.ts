import { describe, expect, it } from "vitest";
import { mentionedNames } from "../../../src/language/cells/cellDocument.ts";

describe("mentionedNames", () => {
  it("leaves out what stands after a dot, but not after three", () => {
    expect([...mentionedNames("a.b?.c; f(...d); e?.g; $h_1 + ñ")]).toEqual(["a", "f", "d", "e", "$h_1", "ñ"]);
  });
});
