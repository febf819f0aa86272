import fc from "fast-check";
import { accelerators, type CatalogAccelerator, findAccelerator, numberFormats, peakOf } from "isoflop";
import { acceleratorSpecs, measuredTraining } from "isoflop-datasets";
import { describe, expect, test } from "vitest";

const sheets = Object.entries<CatalogAccelerator>(accelerators);

describe("the catalogue", () => {
  test("has the accelerators that training and serving run on", () => {
    const some =
      "v100-sxm-32gb a10-24gb a100-sxm-40gb a100-sxm-80gb h100-sxm-80gb h100-pcie-80gb h100-nvl-94gb h200-sxm-141gb h20-96gb l4-24gb l40s-48gb rtx-4090-24gb rtx-5090-32gb b200-sxm-180gb b300-sxm-288gb gb200-186gb gb300-288gb mi300x-192gb mi325x-256gb mi355x-288gb tpu-v4 tpu-v5e tpu-v5p tpu-v6e gaudi-3 trainium-2";
    for (const name of some.split(" ")) expect(Object.keys(accelerators)).toContain(name);
  });

  test.each(sheets)("%s has figures in range and a source for each", (key, sheet) => {
    expect(key).toBe(key.toLowerCase());
    expect(sheet.memoryBytes).toBeGreaterThan(10e9);
    expect(sheet.memoryBytesPerS).toBeGreaterThan(1e11);
    expect(Boolean(sheet.sources.peaks && sheet.sources.memory)).toBe(true);
    for (const fact of ["nodeLink", "network", "boardWatts", "released"] as const) {
      expect([fact, Boolean(sheet.sources[fact])]).toEqual([fact, sheet[fact] !== undefined]);
    }
    if (sheet.boardWatts !== undefined) expect(sheet.boardWatts).toBeGreaterThan(50);
    if (sheet.released !== undefined) expect(sheet.released).toMatch(/^20[12]\d-\d\d(-\d\d)?$/);
    if (sheet.usdPerHour) {
      const { low, high, asOf, from } = sheet.usdPerHour;
      expect(low > 0 && low <= high && from.length > 10).toBe(true);
      expect(asOf).toMatch(/^20\d\d-\d\d(-\d\d)?$/);
    }
  });

  test.each(sheets)("%s is no faster in wider formats, and by bits as by format", (_, sheet) => {
    const order = ["fp32", "tf32", "bf16", "fp8", "fp6", "nvfp4"] as const;
    const rates = order.flatMap((format) => sheet.peaks[format] ?? []);
    expect(rates).toEqual([...rates].sort((a, b) => a - b));
    expect(sheet.peakFlopsPerS[16]).toBe(peakOf(sheet, 16).flopsPerS);
    for (const bits of [8, 4] as const) {
      if (sheet.peakFlopsPerS[bits]) expect(sheet.peakFlopsPerS[bits]).toBe(peakOf(sheet, bits).flopsPerS);
      else expect(() => peakOf(sheet, bits)).toThrow(RangeError);
    }
    for (const format of numberFormats) {
      expect(sheet.unread.includes(format) && sheet.peaks[format] !== undefined).toBe(false);
    }
  });

  // The collection of llm-analysis is another hand's: where it differs, the catalogue has another source.
  test("agrees with the collection of llm-analysis but for figures that are known", () => {
    const differing: string[] = [];
    for (const row of acceleratorSpecs()) {
      const name = row.accelerator.replace("a10-pcie-28gb", "a10-24gb").replace("a10g-pcie", "a10g");
      const sheet = sheets.find(([key]) => key === name)?.[1];
      if (!sheet) continue;
      const pairs = {
        memory: [sheet.memoryBytes, row.memoryBytes],
        bandwidth: [sheet.memoryBytesPerS, row.memoryBandwidthBytesPerS],
        bits16: [sheet.peakFlopsPerS[16], row.peakFp16FlopsPerS],
        bits8: [sheet.peakFlopsPerS[8] ?? 0, row.peakInt8OpsPerS],
      };
      for (const [what, [ours, theirs]] of Object.entries(pairs)) {
        if (ours !== theirs) differing.push(`${name} ${what} ${ours} ${theirs}`);
      }
    }
    expect(differing).toEqual([
      // It has 28 GB of a card of 24, and 32 GB of one of 16.
      "a10-24gb memory 24000000000 28000000000",
      // MI250s are as fast in int8 as in 16 bit (AMD), and a little quicker to read.
      "mi250-128gb bandwidth 3280000000000 3200000000000",
      "mi250-128gb bits8 362100000000000 724200000000000",
      "mi250x-128gb bandwidth 3280000000000 3200000000000",
      "mi250x-128gb bits8 383000000000000 766000000000000",
      "v100-sxm-16gb memory 16000000000 32000000000",
    ]);
  });
});

describe("a name", () => {
  test.each([
    ["h100_sxm", "h100-sxm-80gb"],
    ["H100-SXM5-80GB", "h100-sxm-80gb"],
    ["h100_80gb", "h100-sxm-80gb"],
    ["DGX-H100", "h100-sxm-80gb"],
    ["a100_40gb", "a100-sxm-40gb"],
    ["NVIDIA H200-SXM5-141GB", "h200-sxm-141gb"],
    ["NVIDIA H200-NVL-141GB", "h200-nvl-141gb"],
    ["NVIDIA Blackwell GPU (B200-SXM-180GB)", "b200-sxm-180gb"],
    ["NVIDIA Blackwell GPU (GB200)", "gb200-186gb"],
    ["gb200", "gb200-186gb"],
    ["AMD Instinct MI300X 192GB HBM3", "mi300x-192gb"],
    ["TPU Trillium (v6e)", "tpu-v6e"],
    ["TPU-trillium", "tpu-v6e"],
    ["Gaudi 2", "gaudi-2"],
    ["Tesla V100-SXM2-32GB", "v100-sxm-32gb"],
    ["NVIDIA GeForce RTX 4090", "rtx-4090-24gb"],
    ["a10", "a10-24gb"],
    ["l4", "l4-24gb"],
    ["h100sxm", "h100-sxm-80gb"],
    ["b200_sxm", "b200-sxm-180gb"],
    ["NVIDIA GB300", "gb300-288gb"],
    ["NVIDIA L40S", "l40s-48gb"],
    ["AMD Instinct MI325X 256GB HBM3e", "mi325x-256gb"],
    ["AMD Instinct MI300X OAM", "mi300x-192gb"],
    ["NVIDIA H100 80GB HBM3", "h100-sxm-80gb"],
    ["NVIDIA H100 80GB HBM2e", "h100-pcie-80gb"],
    ["NVIDIA B300 SXM6 AC", "b300-sxm-288gb"],
    ["HGX H100", "h100-sxm-80gb"],
    ["DGX A100 80GB", "a100-sxm-80gb"],
    ["TPU v5 lite", "tpu-v5e"],
    ["h100 94", "h100-nvl-94gb"],
    ["H200 SXM 141 GB", "h200-sxm-141gb"],
    ["NVIDIA RTX PRO 6000 Blackwell Server Edition", "rtx-pro-6000-96gb"],
    ["RTX 6000 Pro Blackwell", "rtx-pro-6000-96gb"],
  ])("%s is %s", (spelling, key) => {
    expect(findAccelerator(spelling)).toBe(accelerators[key as keyof typeof accelerators]);
  });

  test("every spelling of the measured trainings is found, H100 alone and H200 alone with their board", () => {
    const rows = new Set(measuredTraining().map(({ hardware }) => hardware));
    const lost = [...rows].filter((hardware) => {
      try {
        return !findAccelerator(hardware, { form: "sxm" });
      } catch {
        return true;
      }
    });
    expect(lost).toEqual([]);
  });

  test.each(["h100", "a100", "v100", "H200", "tpu", "gaudi"])(
    "%s alone is refused with those it may be",
    (name) => {
      expect(() => findAccelerator(name)).toThrow(/is ambiguous: it may be .*, .*; name one of them/);
    },
  );

  test.each([
    ["h101-sxm", "unknown; did you mean h100-sxm-80gb?"],
    ["", "must be a name"],
    ["--", "must be a name"],
    [undefined, "must be a name such as h100-sxm-80gb, got undefined"],
    ["h100 pcie 40gb", "unknown"],
    // A board whose name begins as another's is not that one.
    ["NVIDIA L40", "unknown; did you mean l40s-48gb?"],
    ["mi300", "unknown; did you mean mi300x-192gb?"],
    ["MI300A", "unknown; did you mean mi300x-192gb?"],
    ["h100s", "unknown"],
    ["RTX 6000 Ada", "unknown"],
    ["rtx 6000", "unknown"],
    ["RTX 4090 D", "unknown; did you mean rtx-4090-24gb?"],
    ["H20-3e", "unknown; did you mean h20-96gb"],
    // A size is nobody's name, whoever has the only memory of that size.
    ["1", "unknown"],
    ["94gb", "unknown"],
    ["a100-40", "ambiguous: it may be a100-sxm-40gb, a100-pcie-40gb"],
    ["v100 32", "ambiguous"],
    ["TPU v5", "unknown; did you mean tpu-v5e, tpu-v5p"],
    ["p5.48xlarge", "unknown; there are"],
    ["DGX A100", "ambiguous: it may be a100-sxm-40gb, a100-sxm-80gb"],
    // Several, or a number of them.
    [
      "AMD Instinct MI325X 256GB HBM3E (x16), AMD Instinct MI300X 192GB HBM3 (x8)",
      "gives a number of accelerators, or kinds that are mixed; give one name",
    ],
    ["8x H100 SXM", "gives a number of accelerators"],
    ["h100-sxm, a100-sxm-80gb", "unknown; did you mean a100-sxm-80gb, h100-sxm-80gb?"],
    ["Virtualized NVIDIA H200-SXM-141GB", "unknown; did you mean h200-sxm-141gb?"],
    ["[MAXSUN] MS-Intel Arc Pro B60 Dual 48G Turbo", "unknown; there are v100-sxm-16gb"],
    ["nvidia", "unknown; there are v100-sxm-16gb"],
    ["constructor", "unknown; there are v100-sxm-16gb"],
  ])("%s is refused: %s", (name, message) => {
    expect(() => findAccelerator(name as string)).toThrow(message);
  });

  test("a misspelt option or form is refused", () => {
    expect(() => findAccelerator("h100", { from: "sxm" } as never)).toThrow("did you mean form?");
    expect(() => findAccelerator("h100", { form: "oam" } as never)).toThrow("form must be sxm");
  });

  test("in any case and with any mark between the words finds the same", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...sheets.map(([key]) => key)),
        fc.constantFrom("-", "_", " ", "/"),
        fc.boolean(),
        fc.constantFrom("", "NVIDIA ", "amd_"),
        (key, mark, isUpper, maker) => {
          const name = maker + key.replaceAll("-", mark);
          expect(findAccelerator(isUpper ? name.toUpperCase() : name)).toBe(
            accelerators[key as keyof typeof accelerators],
          );
        },
      ),
    );
  });
});

describe("a peak", () => {
  test("that the chip lacks is refused with those it has, and one that was not read is told apart", () => {
    expect(() => peakOf(accelerators["v100-sxm-32gb"], "bf16")).toThrow(
      "V100-SXM-32GB has no bf16 peak; it has fp32, fp16",
    );
    expect(() => peakOf(accelerators["a100-sxm-80gb"], "fp8")).toThrow("has no fp8 peak");
    expect(() => peakOf(accelerators["h20-96gb"], "fp8")).toThrow("no source that was read states it");
    expect(() => peakOf(accelerators["h100-sxm-80gb"], 4)).toThrow("has no 4-bit peak");
  });

  test("of a data sheet of one's own goes by bits", () => {
    const own = { name: "own", memoryBytes: 1, memoryBytesPerS: 1, peakFlopsPerS: { 16: 7 } };
    expect(peakOf(own, "bf16")).toEqual({ format: "16 bit", flopsPerS: 7 });
    expect(() => peakOf(own, "fp8")).toThrow("own has no 8-bit peak");
    expect(() => peakOf(own, "tf32")).toThrow("own has no tf32 peak");
  });

  test("of an unknown format is refused", () => {
    expect(() => peakOf(accelerators["h100-sxm-80gb"], "fp7" as never)).toThrow("format must be fp32");
    expect(() => peakOf(accelerators["h100-sxm-80gb"], 32 as never)).toThrow(
      "bits must be 16, 8 or 4, got 32",
    );
  });
});

test("a number alone names no accelerator", () => {
  for (const name of ["1", "-1", "2", "64"]) {
    expect(() => findAccelerator(name)).toThrow(/is unknown/);
  }
});
