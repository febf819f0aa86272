import { describe, expect, test } from "vitest";
import { hasColors } from "../../src/cli/terminal/hasColors.ts";
import { proseWidth, terminalWidth } from "../../src/cli/terminal/terminalWidth.ts";

const [terminal, pipe] = [{ isTTY: true, columns: 100 }, { isTTY: false }];

describe("the width of a line", () => {
  test.each<[string, { isTTY?: boolean; columns?: number }, Record<string, string>, number, number]>([
    ["a terminal says its own", terminal, {}, 100, 100],
    ["one that says nothing has 80", { isTTY: true }, {}, 80, 80],
    ["one that says 0 has 80", { isTTY: true, columns: 0 }, {}, 80, 80],
    ["a pipe has no end, save for prose", pipe, {}, Number.POSITIVE_INFINITY, 80],
    ["nothing at all is a pipe", {}, {}, Number.POSITIVE_INFINITY, 80],
    ["COLUMNS counts in a pipe", pipe, { COLUMNS: "72" }, 72, 72],
    ["COLUMNS counts in a terminal", terminal, { COLUMNS: "72" }, 72, 72],
    ["COLUMNS of a phone is enough", pipe, { COLUMNS: "40" }, 40, 40],
    ["nobody has 3 columns", { isTTY: true, columns: 3 }, {}, 20, 20],
    ["COLUMNS empty says nothing", terminal, { COLUMNS: "" }, 100, 100],
    ["COLUMNS of 0 says nothing", terminal, { COLUMNS: "0" }, 100, 100],
    ["COLUMNS of words says nothing", terminal, { COLUMNS: "wide" }, 100, 100],
    ["COLUMNS below 0 says nothing", pipe, { COLUMNS: "-5" }, Number.POSITIVE_INFINITY, 80],
  ])("%s", (_, stream, env, table, prose) => {
    expect(terminalWidth(stream, env)).toBe(table);
    expect(proseWidth(stream, env)).toBe(prose);
  });
});

describe("colours", () => {
  test.each<[boolean, boolean, Record<string, string>]>([
    [true, true, {}],
    [false, false, {}],
    [false, true, { TERM: "dumb" }],
    [false, true, { NO_COLOR: "1" }],
    [false, true, { NO_COLOR: "0" }],
    [true, true, { NO_COLOR: "" }],
    [true, false, { FORCE_COLOR: "1" }],
    [true, false, { FORCE_COLOR: "3" }],
    [true, false, { FORCE_COLOR: "true" }],
    [true, false, { FORCE_COLOR: "" }],
    [false, true, { FORCE_COLOR: "0" }],
    [false, true, { FORCE_COLOR: "false" }],
    [true, false, { FORCE_COLOR: "1", NO_COLOR: "1" }],
    [true, false, { FORCE_COLOR: "1", TERM: "dumb" }],
    [false, true, { FORCE_COLOR: "0", TERM: "xterm" }],
  ])("%s where isTTY is %s and the environment is %j", (expected, isTTY, env) => {
    expect(hasColors({ isTTY }, env)).toBe(expected);
  });
});
