import { expect, test } from "vitest";
import { parseDraft, parseHitShare } from "../../src/cli/optionValues.ts";

test.each([
  ["3:0.7", { tokens: 3, acceptance: 0.7 }],
  [" 1 : 1 ", { tokens: 1, acceptance: 1 }],
])("a draft %j is read", (text, draft) => expect(parseDraft(text)).toEqual(draft));

test.each([
  "",
  "3",
  "3:",
  ":0.7",
  "0:0.5",
  "1.5:0.5",
  "-1:0.5",
  "3:0",
  "3:1.1",
  "3:NaN",
  "3:0.7:1",
  "3,0.7",
  "3:70%",
])("a draft %j is refused with an example of one", (text) =>
  expect(() => parseDraft(text)).toThrow("TOKENS:ACCEPTANCE, such as 3:0.7"),
);

test.each([
  ["0", 0],
  ["0.5", 0.5],
  [".999", 0.999],
])("hits of %j are a share, none by default", (text, share) => expect(parseHitShare(text)).toBe(share));

test.each(["", "1", "-0.1", "50", "50%", "half", "NaN"])(
  "hits of %j are refused with what they may be",
  (text) => expect(() => parseHitShare(text)).toThrow("at least 0 and below 1, such as 0.5"),
);
