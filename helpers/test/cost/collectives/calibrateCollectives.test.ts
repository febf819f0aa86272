import { expect, test } from "vitest";
import { collectiveProfiles } from "../../../../datasets/src/index.ts";
import { accelerators } from "../../../src/catalog/index.ts";
import type { CollectiveProfile } from "../../../src/cost/collectives/CollectiveProfile.ts";
import { calibrateCollectives } from "../../../src/cost/collectives/calibrateCollectives.ts";
import { collectiveClock } from "../../../src/cost/collectives/collectiveClock.ts";
import { publishedCollectives } from "../../../src/cost/collectives/publishedCollectives.ts";

const published = collectiveProfiles().map((row): CollectiveProfile => {
  const { nodeLink } = accelerators[row.accelerator as "h100-sxm-80gb"];
  return {
    ...{ kind: row.kind, link: nodeLink.name, bytesPerSEachWay: nodeLink.bytesPerSEachWay },
    ...{ software: row.software, devices: row.devices, bytes: row.bytes, seconds: row.microseconds / 1e6 },
  };
});
const off = (profile: CollectiveProfile, constants?: ArrayLike<number>) => {
  const { bytes, seconds, ...machine } = profile;
  return Math.abs(collectiveClock({ ...machine, ...(constants ? { constants } : {}) })(bytes) / seconds - 1);
};
const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;

test("the constants that are shipped are those of the published profiles: no time differs by 1 %", {
  timeout: 60_000,
}, () => {
  const again = calibrateCollectives(published, publishedCollectives);
  const apart = published.map(({ bytes, seconds: _, ...machine }) => {
    const shipped = collectiveClock(machine)(bytes);
    return Math.abs(collectiveClock({ ...machine, constants: again })(bytes) / shipped - 1);
  });
  expect(Math.max(...apart)).toBeLessThan(0.01);
});

test("half of published times lie within 5 % of the calibrated clock", () => {
  expect(median(published.map((profile) => off(profile)))).toBeLessThan(0.05);
});

test("a machine that is left out is met within 15 % in the median: vLLM on H200", { timeout: 60_000 }, () => {
  const reduces = published.filter(({ kind }) => kind === "all-reduce");
  const rows = collectiveProfiles().filter(({ kind }) => kind === "all-reduce");
  const out = reduces.filter(
    ({ software }, i) => software === "vllm" && rows[i]!.accelerator === "h200-sxm-141gb",
  );
  expect(out.length).toBe(69);
  const constants = calibrateCollectives(reduces.filter((profile) => !out.includes(profile)));
  expect(median(out.map((profile) => off(profile, constants)))).toBeLessThan(0.15);
});

test("a machine of which profiles are given is met by them: constants of a made-up one come back", () => {
  const mine = { kind: "all-to-all", link: "NVLink 5", bytesPerSEachWay: 900e9, software: "nccl" } as const;
  const seconds = (bytes: number, devices: number) =>
    Math.min(
      20e-6 + ((devices - 1) / devices) * (bytes / 45e9),
      60e-6 + ((devices - 1) / devices) * (bytes / 500e9),
    );
  const profiles = [2, 4, 8].flatMap((devices) =>
    Array.from({ length: 20 }, (_, i) => 2 ** (9 + i)).map((bytes) => ({
      ...{ ...mine, devices, bytes, seconds: seconds(bytes, devices) },
    })),
  );
  const constants = calibrateCollectives(profiles);
  expect(median(profiles.map((profile) => off(profile, constants)))).toBeLessThan(0.02);
  expect(Math.max(...profiles.map((profile) => off(profile, constants)))).toBeLessThan(0.1);
});

test("one outlier among many hardly moves the rest", () => {
  const own = published.filter(
    ({ kind, link, software }) => kind === "all-reduce" && link === "NVLink 4" && software === "trtllm",
  );
  const spoilt = own.map((profile, i) =>
    i === 5 ? { ...profile, seconds: 1000 * profile.seconds } : profile,
  );
  const clean = calibrateCollectives(own);
  const robust = calibrateCollectives(spoilt);
  expect(median(own.map((profile) => off(profile, robust)))).toBeLessThan(
    median(own.map((profile) => off(profile, clean))) + 0.01,
  );
});

test("refuses measurements outside their domain, naming them", () => {
  const good = published[0]!;
  expect(() => calibrateCollectives([])).toThrow(/profiles must be measured collectives/);
  expect(() => calibrateCollectives([good, { ...good, seconds: 0 }])).toThrow(/seconds of profile 2 must be/);
  expect(() => calibrateCollectives([{ ...good, devices: 1 }])).toThrow(/devices of profile 1/);
  expect(() => calibrateCollectives([{ ...good, software: "mpi" }])).toThrow(/software of profile 1/);
  expect(() => calibrateCollectives([{ ...good, bytes: Number.NaN }])).toThrow(/bytes of profile 1/);
  expect(() => calibrateCollectives([good], [1])).toThrow(/start must hold/);
});
