import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CompressionCodec } from "hyparquet";
import { parquetMetadataAsync } from "hyparquet";
import { chinchilla } from "isoflop";
import { afterAll, describe, expect, test } from "vitest";
import { parseMap } from "../../src/tables/chooseColumns.ts";
import { whyNotUnpacked } from "../../src/tables/parquet/codecs.ts";
import { loadRuns } from "./loadRecords.ts";

const folder = mkdtempSync(join(tmpdir(), "isoflop-parquet-"));
afterAll(() => rmSync(folder, { recursive: true }));
const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}.parquet`, import.meta.url));
const load = (path: string, map = "", group?: string) =>
  loadRuns(path, chinchilla, {
    map: map === "" ? [] : parseMap(map),
    fields: [],
    dropBad: false,
    ...(group && { group }),
  });
const losses = async (path: string, map?: string) => (await load(path, map)).runs.map(({ loss }) => loss);

// The writer of the fixtures rounds to five decimals.
const n = 24;
const expected = Array.from({ length: n }, (_, i) => {
  const [params, tokens] = [1e8 * 2 ** (i % 4) + i, 1e9 * 3 ** Math.floor(i / 8)];
  return Number((1.7 + 400 / params ** 0.34 + 410 / tokens ** 0.28).toFixed(5));
});

describe("a column is read", () => {
  test.each(["none", "snappy", "gzip", "brotli", "zstd", "lz4"])("packed with %s", async (codec) => {
    expect(await losses(fixture("codecs"), `loss=${codec}`)).toEqual(expected);
  });

  test.each(["decimal9", "decimal18", "decimal38", "decimal76", "__proto__"])(
    "%s, to the bit",
    async (column) => {
      expect(await losses(fixture("exact"), `loss=${column}`)).toEqual(expected);
    },
  );

  test.each(["LZO", "NEXT", undefined])("or its codec named: %s", (codec) => {
    expect(whyNotUnpacked(codec as CompressionCodec)).toMatch(
      /^packed with .*write it with snappy, zstd or gzip$/,
    );
  });
});

describe("different values are different groups, or are refused", () => {
  test.each(["large", "unsigned", "digits", "micros", "nanos", "far", "binary", "fixed", "marked"])(
    "%s",
    async (column) => {
      const { groups } = await load(fixture("exact"), "", column);
      expect(new Set(groups).size).toBe(n);
    },
  );

  test.each(["struct", "list", "map"])("%s", async (column) => {
    await expect(load(fixture("exact"), "", column)).rejects.toThrow(
      `exact.parquet, column "${column}": each row has an object or an array here`,
    );
  });
});

describe("damage", () => {
  test("of one byte of a file without checksums ends in a table or in a message that names the file", async () => {
    const source = readFileSync(fixture("runs"));
    const path = join(folder, "unchecked.parquet");
    // Byte 130 is in the header of a page; with another type of page there the library never came back.
    for (const at of [130, ...Array.from({ length: Math.floor(source.length / 4) }, (_, k) => 4 * k)]) {
      const bytes = Uint8Array.from(source);
      bytes[at]! ^= 0x55;
      writeFileSync(path, bytes);
      const said = await losses(path).then(
        () => "read",
        (error: Error) => error.message,
      );
      expect(said).toMatch(/^read$|unchecked\.parquet/);
    }
  });

  test("to any byte of a page is told where the file has checksums", async () => {
    const source = readFileSync(fixture("checksums"));
    const metadata = await parquetMetadataAsync(
      Object.assign(new Uint8Array(source).buffer, {}) as ArrayBuffer & { byteLength: number },
    );
    const end = Math.max(
      ...metadata.row_groups.flatMap(({ columns }) =>
        columns.map(({ meta_data: meta }) =>
          Number((meta!.dictionary_page_offset ?? meta!.data_page_offset) + meta!.total_compressed_size),
        ),
      ),
    );
    const path = join(folder, "flipped.parquet");
    let refused = 0;
    for (let at = 4; at < end; at += 3) {
      const bytes = Uint8Array.from(source);
      bytes[at]! ^= 1 << (at % 8);
      writeFileSync(path, bytes);
      const read = await losses(path).catch((error: Error) => {
        expect(error.message).toMatch(/^\S+ is damaged, [^\n]+$/);
        expect(error.message).not.toMatch(/undefined \(|is not a|Invalid|DataView|field_/);
        refused += 1;
      });
      // Statistics and the like in the header of a page have no checksum, and are not used.
      if (read) expect(read).toEqual(expected);
    }
    expect(refused).toBeGreaterThan(end / 3 / 3);
  });

  test("to what is no page is told in plain words", async () => {
    const source = readFileSync(fixture("codecs"));
    const said = new Set<string>();
    for (let tries = 0, at = source.length - 1; tries < 400; tries++, at -= 5) {
      const bytes = Uint8Array.from(source);
      bytes[at]! ^= 1 << (tries % 8);
      const path = join(folder, "flipped.parquet");
      writeFileSync(path, bytes);
      await load(path).catch((error: Error) => said.add(error.message.split("\n")[0]!));
    }
    for (const message of said) {
      expect(message).not.toMatch(
        /undefined \(|is not a (function|constructor)|DataView|field_|Maximum|NaN to/,
      );
    }
    expect(said.size).toBeGreaterThan(10);
  });

  test.each<[string, string, RegExp]>([
    ["nothing", "", /is no Parquet file: it is empty/],
    ["four bytes", "PAR1", /is no Parquet file: it has but 4 bytes/],
    ["no end", `PAR1${"x".repeat(40)}`, /it does not end in PAR1; it is cut off or of another kind/],
    ["an encrypted one", `PAR1${"x".repeat(40)}PARE`, /it is encrypted/],
    ["an end that leads nowhere", `PAR1${"\x00".repeat(40)}\x7f\x7f\x7f\x7fPAR1`, /its end cannot be read/],
    ["an end of zeros", `PAR1${"\x00".repeat(40)}\x10\x00\x00\x00PAR1`, /its bytes do not fit together/],
  ])("so that there is %s", async (_name, content, told) => {
    const path = join(folder, "short.parquet");
    writeFileSync(path, content);
    await expect(load(path)).rejects.toThrow(told);
  });
});
