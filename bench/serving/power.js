// node bench/serving/power.js: watts of serving nodes and joules a token beside ten runs of MLPerf Inference that were measured
// at the wall, each run left out of the fit that predicts it; and whole groups (a cap of the boards, an accelerator) left out.
import { pathToFileURL } from "node:url";
import { fitServingPower, servingPowerConstants } from "isoflop";
import { servingPowerRuns } from "isoflop-datasets";

const runs = servingPowerRuns();
const measured = ({ nDevices: devices, boardWatts, powerWatts: watts }) => ({ devices, boardWatts, watts });
const predicted = ({ hostWatts, perBoardWatt }, { nDevices, boardWatts }) =>
  nDevices * (hostWatts + perBoardWatt * boardWatts);
const percent = (share) => `${(100 * share).toFixed(1)} %`;

/** Relative errors of runs that a fit of all others predicts; groups by a key are left out together. */
function leftOut(groupOf) {
  return runs.map((run) => {
    const fitted = fitServingPower(runs.filter((other) => groupOf(other) !== groupOf(run)).map(measured));
    return { run, error: predicted(fitted, run) / run.powerWatts - 1 };
  });
}

function row(bar, wanted, errors, howHeldOut) {
  const within = errors.filter((error) => Math.abs(error) <= wanted).length;
  const worst = Math.max(...errors.map(Math.abs));
  return {
    bar,
    wanted: `all within ${percent(wanted)}`,
    got: `${within} of ${errors.length}, worst ${percent(worst)}, mean ${percent(errors.reduce((sum, e) => sum + Math.abs(e), 0) / errors.length)}`,
    held: within === errors.length,
    howHeldOut,
  };
}

/** Of the ten, the two runs of Llama 2 on the B200 are of one system within a day: repetitions leave together. */
const asOne = (run) => run.measurement.replace("70b-99.9", "70b-99");

export function rows() {
  const each = leftOut(asOne);
  const caps = leftOut(({ accelerator, boardWatts }) => `${accelerator} ${boardWatts}`);
  const b200 = caps.filter(({ run }) => run.accelerator.startsWith("b200"));
  // J a token: watts predicted without the run over the tokens a second of the run itself.
  const joules = each.filter(({ run }) => run.tokensPerS !== undefined).map(({ error }) => error);
  const { idleWatts } = servingPowerConstants;
  const log = each.map(({ run, error }) => {
    const share = run.readings / run.logReadings;
    const watts = share * (1 + error) * run.powerWatts + (1 - share) * run.nDevices * idleWatts;
    return watts / run.logPowerWatts - 1;
  });
  const systems = [...new Set(runs.map(({ system }) => system))].map((system) => {
    const own = runs.filter((run) => run.system === system);
    return Math.min(...own.map(({ lowestWatts, nDevices }) => lowestWatts / nDevices));
  });
  const idle = systems.map((own, i) => {
    const others = systems.filter((_, j) => j !== i);
    return others.reduce((sum, watts) => sum + watts, 0) / others.length / own - 1;
  });
  const leftRun = "each run left out of the fit that predicts it, repetitions with it";
  return [
    row(
      "watts of a loaded node, ten MLPerf runs",
      0.15,
      each.map(({ error }) => error),
      leftRun,
    ),
    row(
      "joules a token, the eight runs that state tokens a second",
      0.25,
      joules,
      `${leftRun}; over the run's own tokens a second`,
    ),
    {
      ...row(
        "watts, an accelerator and cap left out",
        0.15,
        caps.map(({ error }) => error),
        "H200 at 350 W, H200 at 500 W, B200, each predicted from the others",
      ),
      held: null,
    },
    {
      ...row(
        "watts of B200 nodes from H200 nodes alone",
        0.15,
        b200.map(({ error }) => error),
        "every B200 run left out",
      ),
      held: null,
    },
    {
      ...row(
        "mean of the meter's whole log, loading included",
        0.15,
        log,
        `${leftRun}; idle outside the run`,
      ),
      held: null,
    },
    {
      ...row(
        "watts of an idle node, three systems",
        0.15,
        idle,
        "each system predicted by the mean of the others",
      ),
      held: null,
    },
  ];
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const { bar, wanted, got, held, howHeldOut } of rows()) {
    console.log(
      `${held === null ? "shown " : held ? "held  " : "missed"} ${bar}: ${got} (${wanted}; ${howHeldOut})`,
    );
  }
}
