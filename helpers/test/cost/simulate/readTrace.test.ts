import { describe, expect, test } from "vitest";
import { readTrace, simulateServing } from "../../../src/index.ts";

const azure = "TIMESTAMP,ContextTokens,GeneratedTokens\n";
const burst = "Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type\n";
const mooncake = [
  { timestamp: 27482, input_length: 6955, output_length: 52, hash_ids: [46, 47, 48] },
  { timestamp: 30535, input_length: 1472, output_length: 26, hash_ids: [46, 47, 2366] },
  { timestamp: 30535, input_length: 1024, output_length: 1, hash_ids: [46, 47] },
].map((line) => JSON.stringify(line));

describe("the public traces", () => {
  test("Azure: times to a ten-millionth of a second, with and without a zone", () => {
    const { requests, spanS } = readTrace(
      `${azure}2023-11-16 18:15:46.6805900,4808,10\n2024-05-10 00:00:00.009930+00:00,2162,5\n`,
    );
    const days = (Date.UTC(2024, 4, 10) - Date.UTC(2023, 10, 16, 18, 15, 46)) / 1000;
    expect(requests[0]).toEqual({ arrivalS: 0, promptTokens: 4808, outputTokens: 10 });
    expect(spanS).toBeCloseTo(days - 0.68059 + 0.00993, 6);
  });

  test("a zone is taken off", () => {
    const { requests } = readTrace(`${azure}2024-01-01T00:00:00Z,1,1\n2024-01-01T02:00:01+02:00,1,1`);
    expect(requests[1]!.arrivalS).toBe(1);
  });

  test("BurstGPT: seconds; requests that failed are refused or dropped, and counted", () => {
    const text = `${burst}5,ChatGPT,472,18,490,Conversation log\n45,ChatGPT,1087,0,1087,Conversation log\n118,GPT-4,417,276,693,API log\n`;
    expect(() => readTrace(text)).toThrow(
      '1 of 3 requests have no prompt or no output, the first in line 3; give empty: "drop" to leave them out',
    );
    const { requests, notes } = readTrace(text, { empty: "drop" });
    expect(requests).toEqual([
      { arrivalS: 0, promptTokens: 472, outputTokens: 18 },
      { arrivalS: 113, promptTokens: 417, outputTokens: 276 },
    ]);
    expect(notes[1]).toBe(
      "1 of 3 requests have no prompt or no output, the first in line 3; they are left out",
    );
  });

  test("Mooncake: milliseconds; with a cache without limit the leading blocks that came before are hits", () => {
    expect(readTrace(mooncake.join("\n")).requests[1]).toEqual({
      arrivalS: 3.053,
      promptTokens: 1472,
      outputTokens: 26,
    });
    const { requests } = readTrace(mooncake.join("\n"), { prefixCache: "unlimited" });
    expect(requests.map(({ hitTokens }) => hitTokens)).toEqual([0, 1024, 1023]);
  });
});

describe("tables alike", () => {
  test.each([
    ["arrival_s,prompt_tokens,output_tokens\n1,10,2\n3.5,20,4", 2.5],
    ["arrival_ms;isl;osl\r\n1000;10;2\r\n3500;20;4\r\n", 2.5],
    ['\uFEFF"arrived_at","input_len","output_len"\n"1","10","2"\n\n"3.5","20","4"\n', 2.5],
    ["arrivalS\tpromptTokens\toutputTokens\n1\t10.0\t2\n3.5\t20\t4.0", 2.5],
  ])("%j", (text, last) => {
    const { requests } = readTrace(text.replace("arrivalS", "arrival").replace("arrival_s", "arrival"));
    expect(requests).toEqual([
      { arrivalS: 0, promptTokens: 10, outputTokens: 2 },
      { arrivalS: last, promptTokens: 20, outputTokens: 4 },
    ]);
  });

  test("columns of other names are named, and a unit can be", () => {
    const { requests } = readTrace("t,p,o\n0,5,6\n7,8,9", {
      columns: { arrival: "t", prompt: "p", output: "o" },
      unit: "ms",
    });
    expect(requests[1]).toEqual({ arrivalS: 0.007, promptTokens: 8, outputTokens: 9 });
  });

  test("lines out of order are put into order, and that is said", () => {
    const { requests, notes } = readTrace("timestamp,input_length,output_length\n9,1,1\n2,2,2\n");
    expect(requests.map(({ arrivalS }) => arrivalS)).toEqual([0, 7]);
    expect(notes).toContain("the lines were not in the order of arrival; they are now");
  });

  test("what is read can be served", () => {
    const { requests: trace } = readTrace(`${azure}2024-01-01 00:00:00,100,3\n2024-01-01 00:00:09,50,2`);
    const run = simulateServing({ clock: () => 1, load: { kind: "trace", trace, speed: 3 } });
    expect([...run.requests.arrivalS]).toEqual([0, 3]);
    expect([...run.requests.e2eS]).toEqual([3, 2]);
  });
});

describe("cells that are no trace are named", () => {
  test.each([
    ["", "the trace is empty"],
    [azure, "a header and no requests"],
    ["a,b\n1,2", "which column of the trace holds the arrival? none is known"],
    ["timestamp,arrival,isl,osl\n1,1,1,1", "these could be: timestamp, arrival"],
    [
      `${azure}yesterday,1,1`,
      'TIMESTAMP in line 2 must be a number or a time such as 2023-11-16 18:15:46.68, got "yesterday"',
    ],
    [`${azure}2023-02-30 00:00:00,1,1`, "TIMESTAMP in line 2"],
    [`${azure}1,1,1\n\n2,-3,1`, 'ContextTokens in line 4 must be a whole number >= 0, got "-3"'],
    [`${azure}1,1.5,1`, 'got "1.5"'],
    [`${azure}1,0x10,1`, 'got "0x10"'],
    [`${azure}1,1e999,1`, 'got "1e999"'],
    [`${azure}1,,1`, 'got ""'],
    [`${azure}Infinity,1,1`, 'got "Infinity"'],
    [`${azure}1,1`, "line 2 of the trace has 2 cells where the header has 3"],
    ['{"timestamp": 1, "input_length": 2}\n{"timestamp"', "line 2 of the trace is no JSON object"],
    [
      '{"timestamp": 1, "input_length": 2, "output_length": 3}\n{"timestamp": 1, "input_length": 2}',
      "output_length in line 2 must be a whole number >= 0, got nothing",
    ],
    [
      '{"timestamp": 1, "input_length": "a", "output_length": 3}',
      'input_length in line 1 must be a whole number >= 0, got "a"',
    ],
    [`${azure}1,0,0`, "1 of 1 requests"],
  ])("%j", (text, message) => {
    expect(() => readTrace(text)).toThrow(message);
  });

  test("options that cannot be are refused", () => {
    const text = `${azure}1,2,3`;
    expect(() => readTrace(text, { unit: "h" as "s" })).toThrow("unit must be s or ms");
    expect(() => readTrace(text, { prefixCache: "unlimited" })).toThrow("needs a column hash_ids");
    expect(() => readTrace(text, { columns: { prompt: "tokens" } })).toThrow(
      "has no column tokens; there are TIMESTAMP",
    );
    expect(() => readTrace(mooncake[0]!, { prefixCache: "unlimited", hashTokens: 0 })).toThrow(
      "hashTokens must be",
    );
    expect(() => readTrace(text, { colums: {} } as object)).toThrow("did you mean columns?");
    expect(() => readTrace(7 as unknown as string)).toThrow("needs the text of a file");
  });
});
