import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { DigestSet } from "../../src/protocol/digestSet.ts";
import { Replays } from "../../src/protocol/replays.ts";

const digest = (n: number) => Buffer.from(createHash("sha256").update(String(n)).digest("hex"));
const start = Date.parse("2026-01-01T00:00:00Z");
/** One message a second. */
const date = (n: number) => new Date(start + 1000 * n).toISOString();

test("a set of digests holds exactly what was added", () => {
  const set = new DigestSet();
  for (let n = 0; n < 50_000; n += 2) set.add(digest(n));
  set.add(digest(0));
  expect(set.size).toBe(25_000);
  for (let n = 0; n < 50_000; n++) expect(set.has(digest(n))).toBe(n % 2 === 0);
});

test("the digest of zeros is a digest like others", () => {
  const set = new DigestSet();
  const zeros = Buffer.from("0".repeat(64));
  expect(set.has(zeros)).toBe(false);
  set.add(zeros);
  expect(set.has(zeros)).toBe(true);
});

test("beyond the old window of 16,384 messages every replay is refused", () => {
  const replays = new Replays({ now: () => start });
  for (let n = 0; n < 40_000; n++) expect(replays.refuse(digest(n), date(n))).toBeUndefined();
  for (let n = 0; n < 40_000; n += 7) expect(replays.refuse(digest(n), date(n))).toContain("seen before");
});

test("beyond what is remembered a replay is refused by its date, and new messages are not", () => {
  const generation = 100;
  let now = start;
  const replays = new Replays({ generation, now: () => now });
  for (let n = 0; n < 2000; n++) {
    now = start + 1000 * n;
    expect(replays.refuse(digest(n), date(n))).toBeUndefined();
    for (const back of [1, 50, 99, 100, 150, 250, 1000, 1999]) {
      if (back <= n) expect(replays.refuse(digest(n - back), date(n - back))).toContain("seen before");
    }
  }
});

test("a client whose clock is behind by less than what is remembered is heard, and so is one that restarts", () => {
  const replays = new Replays({ generation: 100, now: () => start + 1e6 });
  for (let n = 0; n < 1000; n++) {
    expect(replays.refuse(digest(n), date(n))).toBeUndefined();
    if (n % 10 === 0) expect(replays.refuse(digest(10_000 + n), date(n - 60))).toBeUndefined();
  }
});

test("without a date all is well until signatures are forgotten; a wild date does not lock others out", () => {
  const replays = new Replays({ generation: 100, now: () => start });
  const dates = [undefined, 5, "never", "9999-12-31T00:00:00Z"];
  for (let n = 0; n < 150; n++) expect(replays.refuse(digest(n), dates[n % 4])).toBeUndefined();
  for (let n = 150; n < 400; n++) expect(replays.refuse(digest(n), date(n))).toBeUndefined();
  for (let n = 0; n < 150; n++) expect(replays.refuse(digest(n), dates[n % 4])).toContain("seen before");
  expect(replays.refuse(digest(1000), date(401))).toBeUndefined();
});
