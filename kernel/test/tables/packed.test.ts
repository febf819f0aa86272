import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { readColumns } from "../../src/tables/readColumns.ts";
import { temporaryFiles } from "./temporaryFiles.ts";

const { file } = temporaryFiles();
const all = (header: readonly string[]) => ({ numbers: header, texts: [] });
const losses = (path: string) =>
  readColumns(path, all).then(
    ({ numbers }) => [...numbers.get("loss")!],
    (error: Error) => error.message,
  );
const csv = "params,loss\n1e9,2.5\n7e9,2.25\n";

/** A zstandard frame (RFC 8878) with its content as it is, in a block. */
function frame(content: string): Buffer {
  const data = Buffer.from(content);
  const header = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x20, data.length]);
  const block = Buffer.alloc(3);
  block.writeUIntLE((data.length << 3) | 1, 0, 3);
  return Buffer.concat([header, block, data]);
}

/** What `zstd -19` makes of "params,loss\n" and 400 lines "1e9,2.5\n". */
const compressed = Buffer.from("KLUv/QRo1QAAmHBhcmFtcyxsb3NzCjFlOSwyLjUBAO3Yv2FTQwzs", "base64");

describe("zstandard", () => {
  test("one frame, several, and compressed blocks", async () => {
    expect(await losses(file(frame(csv), "csv.zst"))).toEqual([2.5, 2.25]);
    const two = Buffer.concat([frame(csv), frame("9e9,2\n")]);
    expect(await losses(file(two, "csv.zst"))).toEqual([2.5, 2.25, 2]);
    expect(await losses(file(compressed, "csv.zst"))).toEqual(Array.from({ length: 400 }, () => 2.5));
    expect(await losses(file(frame('{"loss":2}\n'), "jsonl.zst"))).toEqual([2]);
  });

  test("that ends too soon, or is none, is told in one line", async () => {
    for (const length of [5, 10, compressed.length - 6])
      expect(await losses(file(compressed.subarray(0, length), "csv.zst"))).toMatch(
        /^\S+\.zst is not zstandard data to its end: [^\n]+$/,
      );
    expect(await losses(file(csv, "csv.zst"))).toMatch(/is not zstandard data to its end/);
    expect(await losses(file(gzipSync(csv), "csv.zst"))).toMatch(/is not zstandard data to its end/);
  });

  test("under another name is told", async () => {
    expect(await losses(file(frame(csv)))).toMatch(
      /this is zstandard data; name the file \.csv\.zst, or unpack it/,
    );
  });
});

describe("gzip", () => {
  const member = gzipSync(csv);
  test("several members, of which the last ends too soon", async () => {
    const two = Buffer.concat([member, gzipSync("9e9,2\n")]);
    expect(await losses(file(two, "csv.gz"))).toEqual([2.5, 2.25, 2]);
    expect(await losses(file(two.subarray(0, two.length - 5), "csv.gz"))).toMatch(
      /ends in the midst of its gzip data/,
    );
  });

  test("with a checksum that does not hold", async () => {
    const damaged = Buffer.from(member);
    damaged[damaged.length - 6]! ^= 1;
    expect(await losses(file(damaged, "csv.gz"))).toMatch(
      /is damaged gzip data: incorrect data check; get the file again/,
    );
  });

  test("zeros behind the last member are padding; other bytes there are told", async () => {
    expect(await losses(file(Buffer.concat([member, Buffer.alloc(512)]), "csv.gz"))).toEqual([2.5, 2.25]);
    expect(await losses(file(Buffer.concat([member, Buffer.from("9e9,2\n")]), "csv.gz"))).toMatch(
      /is not gzip data: incorrect header check/,
    );
  });
});
