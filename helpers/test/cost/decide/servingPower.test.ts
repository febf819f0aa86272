import { servingPowerRuns } from "isoflop-datasets";
import { describe, expect, test } from "vitest";
import { fitServingPower, servingPower, servingPowerConstants } from "../../../src/index.ts";

const runs = servingPowerRuns();
const measured = runs.map((run) => ({
  devices: run.nDevices,
  boardWatts: run.boardWatts,
  watts: run.powerWatts,
  group: `${run.accelerator} ${run.boardWatts}`,
}));
const plain = (of: typeof measured) => of.map(({ group: _, ...run }) => run);

describe("power of a serving node", () => {
  test("the constants are those of the runs in the table", () => {
    const { hostWatts, perBoardWatt, idleWatts, logReach } = servingPowerConstants;
    const fitted = fitServingPower(plain(measured));
    expect(hostWatts).toBeCloseTo(fitted.hostWatts, 1);
    expect(perBoardWatt).toBeCloseTo(fitted.perBoardWatt, 4);
    const systems = [...new Set(runs.map(({ system }) => system))];
    const least = systems.map((system) =>
      Math.min(...runs.filter((run) => run.system === system).map((run) => run.lowestWatts / run.nDevices)),
    );
    expect(idleWatts).toBeCloseTo(least.reduce((sum, watts) => sum + watts, 0) / least.length, 1);
    const groups = [...new Set(measured.map(({ group }) => group))];
    const squares = groups.map((group) => {
      const left = fitServingPower(plain(measured.filter((run) => run.group !== group)));
      const own = measured.filter((run) => run.group === group);
      const errors = own.map(({ devices, boardWatts, watts }) =>
        Math.log((devices * (left.hostWatts + left.perBoardWatt * boardWatts)) / watts),
      );
      return errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length;
    });
    const spread = Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / groups.length);
    // 1.638 is the 90th percentile of Student's t of three.
    expect(logReach).toBeCloseTo(1.638 * spread, 3);
  });

  test("is idle, load, and a line between; pue multiplies all of it", () => {
    const at = (utilisation: number) => servingPower({ accelerator: "b200", devices: 8, utilisation });
    expect(at(0).watts).toBe(at(0).idleWatts);
    expect(at(1).watts).toBe(at(1).loadWatts);
    expect(at(0.5).watts).toBeCloseTo((at(0).watts + at(1).watts) / 2, 9);
    const cooled = servingPower({ accelerator: "b200", devices: 8, pue: [1.1, 1.3] });
    expect(cooled.watts / at(1).watts).toBeCloseTo(Math.sqrt(1.1 * 1.3), 9);
    expect(cooled.interval80[1] / cooled.watts).toBeGreaterThan(at(1).interval80[1] / at(1).watts);
  });

  test("finds the constants of exact runs again", () => {
    const exact = [300, 500, 1000].map((boardWatts) => ({
      devices: 4,
      boardWatts,
      watts: 4 * (200 + 1.1 * boardWatts),
    }));
    expect(fitServingPower(exact).hostWatts).toBeCloseTo(200, 6);
    expect(fitServingPower(exact).perBoardWatt).toBeCloseTo(1.1, 9);
  });

  test("refuses what it cannot mean", () => {
    const one = { devices: 8, boardWatts: 700, watts: 6000 };
    expect(() => fitServingPower([one, one])).toThrow(/boards of two caps or more/);
    expect(() => fitServingPower([one, { ...one, watts: -1 }])).toThrow(/watts must be a number > 0/);
    expect(() => servingPower({ accelerator: "h100-sxm", devices: 8, utilisation: 80 })).toThrow(
      /divide percentages/,
    );
    expect(() => servingPower({ accelerator: "h100-sxm", devices: 8, pue: 0.9 })).toThrow(/pue must be >= 1/);
    expect(() => servingPower({ accelerator: "trainium-1", devices: 16 })).toThrow(/give boardWatts/);
  });
});
