import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { crc32c, maskedCrc32c } from "../../../src/tables/events/crc32c.ts";
import { tensorScalar } from "../../../src/tables/events/tensorScalar.ts";
import { readColumns } from "../../../src/tables/readColumns.ts";
import { temporaryFiles } from "../temporaryFiles.ts";
import {
  bytes,
  double,
  event,
  eventFile,
  float,
  integer,
  record,
  simple,
  tensor,
  varint,
  version,
} from "./writeEvents.ts";

const { folder } = temporaryFiles();
let files = 0;
function file(content: Uint8Array, ending = ""): string {
  const path = join(folder, `events.out.tfevents.1700000000.host.${files++}.0${ending}`);
  writeFileSync(path, content);
  return path;
}
const read = (path: string, ...columns: string[]) =>
  readColumns(path, () => ({ numbers: ["step", ...columns], texts: [] })).then((table) => ({
    rows: Array.from({ length: table.n }, (_, row) =>
      ["step", ...columns].map((name) => table.numbers.get(name)![row]!),
    ),
    notes: table.notes,
  }));
const failure = (path: string, ...columns: string[]) =>
  read(path, ...columns).then(
    () => "read",
    (error: Error) => error.message,
  );
const scalar = (type: number, ...fields: Buffer[]) =>
  Buffer.concat([integer(1, type), bytes(2, ""), ...fields]);

describe("checksums", () => {
  // RFC 3720, appendix B.4.
  test.each<[string, Uint8Array, number]>([
    ["32 zeros", new Uint8Array(32), 0x8a9136aa],
    ["32 ones", new Uint8Array(32).fill(0xff), 0x62a8ab43],
    ["0 to 31", Uint8Array.from({ length: 32 }, (_, k) => k), 0x46dd794e],
    ["31 to 0", Uint8Array.from({ length: 32 }, (_, k) => 31 - k), 0x113fdb5c],
    ["123456789", Buffer.from("123456789"), 0xe3069283],
  ])("of %s", (_, data, crc) => expect(crc32c(data)).toBe(crc));

  test("are stored in another form", () => {
    const crc = crc32c(Buffer.from("123456789"));
    const masked = (BigInt(((crc >>> 15) | (crc << 17)) >>> 0) + 0xa282ead8n) & 0xffffffffn;
    expect(BigInt(maskedCrc32c(Buffer.from("123456789")))).toBe(masked);
  });
});

describe("scalars by step", () => {
  test("as simple values and as tensors, several tags of one step in one row", async () => {
    const path = file(
      eventFile(
        simple(10, "train/loss", 4.5),
        tensor(10, "eval/loss", scalar(1, bytes(4, Buffer.from(Float32Array.of(4.75).buffer)))),
        simple(20, "train/loss", 4.25),
        tensor(20, "eval/loss", scalar(2, double(6, 4.5))),
      ),
    );
    const { rows, notes } = await read(path, "train/loss", "eval/loss");
    expect(rows).toEqual([
      [10, 4.5, 4.75],
      [20, 4.25, 4.5],
    ]);
    expect(notes).toEqual(["TensorBoard's events: 2 steps, 2 scalars"]);
  });

  test("steps without one of the tags asked for are passed over, and told", async () => {
    const path = file(
      eventFile(simple(1, "loss", 3), simple(2, "lr", 0.5), simple(3, "loss", 2), simple(3, "lr", 0.25)),
    );
    const { rows, notes } = await read(path, "loss");
    expect(rows).toEqual([
      [1, 3],
      [3, 2],
    ]);
    expect(notes).toContain("1 of 3 rows of the log, which lack one of step, loss, were passed over");
  });

  test("a loss that is NaN is a row that cannot be used, not one passed over", async () => {
    const { rows } = await read(file(eventFile(simple(1, "loss", 3), simple(2, "loss", Number.NaN))), "loss");
    expect(rows).toEqual([
      [1, 3],
      [2, Number.NaN],
    ]);
  });

  test("images, histograms and texts are passed over, and told", async () => {
    const path = file(
      eventFile(
        simple(1, "loss", 3),
        event(1, "weights", bytes(5, Buffer.from([1, 2, 3, 4].map(() => 0x08)))),
        tensor(1, "config", scalar(7, bytes(8, "text")), "text"),
        tensor(1, "image", scalar(1, float(5, 1)), "images"),
        tensor(
          1,
          "curve",
          Buffer.concat([integer(1, 1), bytes(2, bytes(2, integer(1, 2))), bytes(4, Buffer.alloc(8))]),
        ),
      ),
    );
    const { rows, notes } = await read(path, "loss");
    expect(rows).toEqual([[1, 3]]);
    expect(notes).toContain("what is no scalar was passed over: weights, config, image, …");
  });

  test("after a restart what came later before it does not count", async () => {
    const start = (step: number) =>
      Buffer.concat([double(1, 1.7e9), integer(2, step), bytes(7, integer(1, 1))]);
    const path = file(
      eventFile(
        start(0),
        simple(1, "loss", 5),
        simple(2, "loss", 4),
        simple(3, "loss", 3),
        start(2),
        simple(2, "loss", 4.5),
      ),
    );
    const { rows, notes } = await read(path, "loss");
    expect(rows).toEqual([
      [1, 5],
      [2, 4.5],
    ]);
    expect(notes.join()).toContain("started again 1 times");
  });

  test("a value logged twice for a step counts once, and is told", async () => {
    const { rows, notes } = await read(file(eventFile(simple(1, "loss", 5), simple(1, "loss", 4))), "loss");
    expect(rows).toEqual([[1, 4]]);
    expect(notes).toContain("1 values are logged twice for a step; the later one counts");
  });

  test("any steps and values, in pieces of any kind", async () => {
    const steps = fc.uniqueArray(fc.integer({ min: 0, max: 2 ** 40 }), { minLength: 1, maxLength: 20 });
    const value = fc.float({ noNaN: true, noDefaultInfinity: true });
    await fc.assert(
      fc.asyncProperty(
        steps,
        fc.array(value, { minLength: 20, maxLength: 20 }),
        fc.boolean(),
        async (at, values, isPacked) => {
          const content = eventFile(...at.map((step, k) => simple(step, "größe/loss", values[k]!)));
          const path = isPacked ? file(gzipSync(content), ".gz") : file(content);
          const { rows } = await read(path, "größe/loss");
          expect(rows).toEqual(at.map((step, k) => [step, values[k]]));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("tensors of one number", () => {
  const content = (array: ArrayBufferView) => bytes(4, Buffer.from(array.buffer as ArrayBuffer));
  test.each<[string, Buffer, number | undefined]>([
    ["float, packed", scalar(1, bytes(5, Buffer.from(Float32Array.of(2.5).buffer))), 2.5],
    ["float, not packed", scalar(1, float(5, 2.5)), 2.5],
    ["float, content", scalar(1, content(Float32Array.of(2.5))), 2.5],
    ["double", scalar(2, double(6, 0.1)), 0.1],
    ["int32", scalar(3, integer(7, -3n)), -3],
    ["int32, packed", scalar(3, bytes(7, varint(300))), 300],
    ["int64", scalar(9, integer(10, 2n ** 40n)), 2 ** 40],
    ["int64, content", scalar(9, content(BigInt64Array.of(-5n))), -5],
    ["uint64", scalar(23, integer(17, 2n ** 63n)), 2 ** 63],
    ["half", scalar(19, integer(13, 0x4100)), 2.5],
    ["half, smallest", scalar(19, integer(13, 1)), 2 ** -24],
    ["bfloat16", scalar(14, integer(13, 0x4020)), 2.5],
    ["bfloat16, content", scalar(14, content(Uint16Array.of(0x4020))), 2.5],
    ["zero, which is left out", scalar(1), 0],
    [
      "one dimension of one",
      Buffer.concat([integer(1, 1), bytes(2, bytes(2, integer(1, 1))), float(5, 2.5)]),
      2.5,
    ],
    [
      "two numbers",
      Buffer.concat([integer(1, 1), bytes(2, bytes(2, integer(1, 2))), float(5, 1), float(5, 2)]),
      undefined,
    ],
    ["none", Buffer.concat([integer(1, 1), bytes(2, bytes(2, integer(1, 0)))]), undefined],
    ["content of another length", scalar(1, content(Float64Array.of(1))), undefined],
    ["a text", scalar(7, bytes(8, "a")), undefined],
  ])("%s", (_, encoded, value) => expect(tensorScalar(encoded)).toBe(value));
});

describe("a file that is damaged", () => {
  const whole = eventFile(...Array.from({ length: 20 }, (_, k) => simple(k, "loss", 5 - k / 10)));

  test("ends in the midst of a record: what stands before it is read, and told", async () => {
    const { rows, notes } = await read(file(whole.subarray(0, whole.length - 7)), "loss");
    expect(rows).toHaveLength(19);
    expect(notes).toContain("the file ends in the midst of record 21; what stands before it was read");
  });

  test("a bit that flipped anywhere is found, or leaves the records before it with a word", async () => {
    for (let at = 0; at < whole.length; at += 3) {
      const damaged = Buffer.from(whole);
      damaged[at]! ^= 1 << (at % 8);
      const said = await failure(file(damaged), "loss");
      expect(said, `byte ${at}`).toMatch(
        /is damaged: the (checksum|length)[^\n]*record \d+, at byte \d+|is no TensorBoard event file/,
      );
    }
  });

  test.each<[string, Uint8Array, RegExp]>([
    [
      "a text",
      Buffer.from("Wall time,Step,Value\n1,2,3\n"),
      /is no TensorBoard event file, or is damaged at its start/,
    ],
    ["a few bytes", Buffer.from("abc"), /is no TensorBoard event file[^\n]*ends within its first record/],
    [
      "records of something else",
      record(Buffer.from([0xff, 0xff, 0xff])),
      /record 1 is no event of TensorBoard: [^\n]+; is it a TFRecord file of other data\?/,
    ],
    [
      "a field of no kind",
      record(Buffer.from([0x0b])),
      /record 1 is no event of TensorBoard: a field has the wire type 3/,
    ],
    [
      "a length behind the end",
      record(Buffer.concat([varint(5 * 8 + 2), varint(1000)])),
      /a field ends behind its message/,
    ],
    ["nothing but its version", record(version()), /has no rows of data/],
    ["nothing", new Uint8Array(0), /has no rows of data/],
  ])("%s", async (_, content, message) => {
    const said = await failure(file(content), "loss");
    expect(said).toMatch(message);
    expect(said).not.toContain("\n");
  });

  test("a tag that is not there is told with those that are", async () => {
    const choose = () => {
      throw new RangeError("the column");
    };
    await expect(readColumns(file(whole), choose)).rejects.toThrow("the column");
  });
});
