import { type Command, InvalidArgumentError } from "commander";
import { coverage, fitCoverage, formatNumber, formatPercent, type SampleCount } from "isoflop";
import { readNumbers } from "../tables/readNumbers.ts";

interface SampleOptions {
  counts: string;
  k?: number[];
  json?: boolean;
}

const columns = {
  nSamples: ["n_samples", "nSamples", "num_samples", "samples", "n"],
  nCorrect: ["n_correct", "nCorrect", "num_correct", "correct", "c"],
};

const help = `
The file has one problem a row: n_samples and n_correct, how many of its samples were right (JSONL, CSV, TSV or Parquet).
pass@k is the unbiased estimate, averaged over problems; coverage c(k) = exp(a k^-b) is fitted to its curve.

Examples:
  isoflop sample --counts results.jsonl
  isoflop sample --counts results.csv --k 1,10,100 --json`;

/** Adds `isoflop sample`: the pass@k curve and its fit from counts of right samples. */
export function addSampleCommand(program: Command): void {
  program
    .command("sample")
    .description("Say how many problems k samples solve, from counts of right samples, and fit the curve.")
    .requiredOption("--counts <file>", "file with samples drawn and samples right, a problem a row")
    .option("--k <list>", "sample counts to show, such as 1,10,100 (default: powers of ten)", parseList)
    .option("--json", "write JSON")
    .addHelpText("after", help)
    .action(async (options: SampleOptions) => {
      const { text, json } = await sampleCurve(options);
      process.stdout.write(options.json ? `${JSON.stringify(json, null, 2)}\n` : text);
    });
}

/** What the command says, as text and as data. */
export async function sampleCurve({ counts: path, k }: SampleOptions) {
  const counts: SampleCount[] = await readNumbers(path, columns);
  const most = Math.min(...counts.map(({ nSamples }) => nSamples));
  const shown = coverage(counts, k ?? powersOfTen(most));
  const neverSolved = counts.filter(({ nCorrect }) => nCorrect === 0).length;
  const curve = coverage(counts);
  const inside = curve.filter((point) => point.coverage > 0 && point.coverage < 1).length;
  const fit = inside >= 3 ? fitCoverage(curve) : undefined;
  const notes: string[] = [];
  if (neverSolved > 0) {
    const share = formatPercent(neverSolved / counts.length);
    notes.push(
      `${neverSolved} problem${neverSolved === 1 ? "" : "s"} (${share}) ${neverSolved === 1 ? "was" : "were"} never solved; the fit tends to 1 and extrapolates too high`,
    );
  }
  if (!fit) notes.push("fewer than 3 points lie strictly between 0 and 1, too few for a fit");
  const json = { problems: counts.length, neverSolved, passAtK: shown, fit, notes };
  const width = Math.max(...shown.map((point) => String(point.k).length));
  const rows = shown.map(
    (point) => `${String(point.k).padStart(width + 2)}  ${formatNumber(point.coverage)}`,
  );
  const law = fit
    ? `fit: c(k) = exp(a k^-b) with a = ${formatNumber(fit.a)}, b = ${formatNumber(fit.b)} (R2 ${formatNumber(fit.r2)}, largest error ${formatNumber(fit.maxError, 2)})\n`
    : "";
  const text = `${path}: ${counts.length} problems, at least ${most} samples each
${"k".padStart(width + 2)}  pass@k
${rows.join("\n")}
${law}${notes.map((note) => `note: ${note}\n`).join("")}`;
  return { text, json };
}

function powersOfTen(most: number): number[] {
  const ks: number[] = [];
  for (let k = 1; k < most; k *= 10) ks.push(k);
  return [...ks, most];
}

function parseList(text: string): number[] {
  const ks = text.split(",").map(Number);
  if (!ks.every((k) => Number.isSafeInteger(k) && k >= 1)) {
    throw new InvalidArgumentError("It must be whole numbers of at least 1, such as 1,10,100.");
  }
  return ks;
}
