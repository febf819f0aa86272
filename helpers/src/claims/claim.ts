import { jupyterDisplay, type MimeBundle } from "../format/jupyterDisplay.ts";
import { requireOptions } from "../numerics/arguments/requireOptions.ts";
import type { ClaimRecord, Evidence, Tolerance, Verdict } from "./ClaimRecord.ts";
import { claimCells, claimsHtml } from "./claimCells.ts";
import { judgeClaim } from "./judgeClaim.ts";

/** What `claim` takes. */
export interface ClaimInput {
  /** Short and stable, unique within the notebook: "epoch-alpha". */
  readonly id: string;
  /** Where the paper says it: "Hoffmann et al. 2022, Table 2, approach 2". */
  readonly source: string;
  /** The paper's figure, or a finding in words. */
  readonly published: number | string;
  /** Ours; left out only where the claim is not checkable. */
  readonly reproduced?: number | string | null;
  /** Needed between two numbers: 0.01 means 1 % of the published figure, `{ absolute: 0.002 }` a distance. */
  readonly tolerance?: Tolerance;
  /** Computed from the numbers when left out. */
  readonly verdict?: Verdict;
  /** Why ours differs, or what is missing to check it. */
  readonly note?: string;
  /** What our figure rests on. */
  readonly evidence?: Evidence;
}

/**
 * The MIME type under which a claim's record travels in a notebook's output.
 *
 * @example
 * import { claimMimeType } from "isoflop";
 * claimMimeType; // => "application/vnd.isoflop.claim+json"
 */
export const claimMimeType = "application/vnd.isoflop.claim+json";

const verdicts: readonly Verdict[] = ["reproduced", "differs", "not checkable"];
const evidences: readonly Evidence[] = ["recomputed", "refitted", "simulated", "arithmetic"];

/**
 * A checked claim of a paper, made by `claim`. Immutable; shows itself as a table row in a notebook.
 *
 * @example
 * import { Claim, claim } from "isoflop";
 * const words = claim({ id: "1", source: "Table 1", published: "a falls", reproduced: "a falls" });
 * words instanceof Claim; // => true
 */
export class Claim implements ClaimRecord {
  readonly id: string;
  readonly source: string;
  readonly published: number | string;
  readonly reproduced: number | string | null;
  readonly tolerance: Tolerance | null;
  readonly verdict: Verdict;
  readonly note: string;
  // Declared only: a claim that names no evidence has no such property, so records stay as they were.
  declare readonly evidence?: Evidence;

  constructor(record: ClaimRecord) {
    this.id = record.id;
    this.source = record.source;
    this.published = record.published;
    this.reproduced = record.reproduced;
    this.tolerance = record.tolerance;
    this.verdict = record.verdict;
    this.note = record.note;
    if (record.evidence !== undefined) this.evidence = record.evidence;
    Object.freeze(this);
  }

  [jupyterDisplay](): MimeBundle {
    const [id, source, published, ours, tolerance, verdict, note] = claimCells(this);
    const numbers = `published ${published}, ours ${ours} (tolerance ${tolerance})`;
    return {
      [claimMimeType]: { ...this },
      "text/html": claimsHtml([this]),
      "text/plain": `${verdict}: ${id} — ${numbers}; ${source}${note ? `; ${note}` : ""}`,
    };
  }
}

function checkTolerance(id: string, tolerance: Tolerance | undefined, published: number): Tolerance {
  const way = `give a relative tolerance such as 0.01 or a distance such as { absolute: 0.002 }`;
  if (tolerance === undefined)
    throw new TypeError(`claim "${id}" compares two numbers and has no tolerance; ${way}`);
  const size = typeof tolerance === "number" ? tolerance : tolerance.absolute;
  if (!(Number.isFinite(size) && size >= 0)) {
    throw new RangeError(`claim "${id}": tolerance must be a number >= 0, got ${size}; ${way}`);
  }
  if (typeof tolerance === "number" && published === 0 && tolerance > 0) {
    throw new RangeError(
      `claim "${id}": a relative tolerance means nothing around a published 0; use { absolute: … }`,
    );
  }
  return typeof tolerance === "number" ? tolerance : Object.freeze({ absolute: tolerance.absolute });
}

/**
 * Set a paper's figure beside ours and say what came of it.
 *
 * Between two numbers the verdict is "reproduced" when |ours − published| ≤ tolerance, else "differs".
 * Between findings in words it is "reproduced" when they are equal; anything else is the author's
 * judgement, given as `verdict`. A claim that differs is a result: `note` says why, and where no note is
 * given the relative difference stands in for it.
 *
 * @throws TypeError when id, source, published, tolerance or a needed note is missing, and when a number
 *   cannot be compared with words
 * @throws RangeError when a figure is not finite, a tolerance is negative, or a verdict of "reproduced"
 *   contradicts the numbers
 * @example
 * import { claim } from "isoflop";
 * const a = claim({
 *   id: "approach2-a",
 *   source: "Hoffmann et al. 2022, Table 2, approach 2",
 *   published: 0.49,
 *   reproduced: 0.4951,
 *   tolerance: { absolute: 0.01 },
 * });
 * a.verdict; // => "reproduced"
 */
export function claim(input: ClaimInput): Claim {
  requireOptions("claim", input, [
    "id",
    "source",
    "published",
    "reproduced",
    "tolerance",
    "verdict",
    "note",
    "evidence",
  ]);
  const { id, source, published, verdict, note = "", evidence } = input;
  const reproduced = input.reproduced ?? null;
  if (typeof id !== "string" || id.trim() === "") {
    throw new TypeError(`a claim needs an id, got ${JSON.stringify(id)}; give a short unique name`);
  }
  if (typeof source !== "string" || source.trim() === "") {
    throw new TypeError(`claim "${id}" needs a source; say where the paper makes it, down to table or page`);
  }
  if (verdict !== undefined && !verdicts.includes(verdict)) {
    throw new RangeError(`claim "${id}": verdict must be one of ${verdicts.join(", ")}, got ${verdict}`);
  }
  if (evidence !== undefined && !evidences.includes(evidence)) {
    throw new RangeError(
      `claim "${id}": evidence must be one of ${evidences.join(", ")}, got ${JSON.stringify(evidence)}`,
    );
  }
  if (published === undefined || published === null || published === "") {
    throw new TypeError(`claim "${id}" needs the published figure, a number or words`);
  }
  for (const [name, value] of Object.entries({ published, reproduced })) {
    if (typeof value === "number" && !Number.isFinite(value)) {
      throw new RangeError(
        `claim "${id}": ${name} must be a finite number, got ${value}; if it cannot be computed, the verdict is "not checkable" with a note`,
      );
    }
  }

  if (verdict === "not checkable") {
    if (note === "") throw new TypeError(`claim "${id}" is not checkable: its note must say what is missing`);
    return new Claim({
      id,
      source,
      published,
      reproduced,
      tolerance: input.tolerance ?? null,
      verdict,
      note,
      evidence,
    });
  }
  if (reproduced === null) {
    throw new TypeError(
      `claim "${id}" has no reproduced figure; give ours, or the verdict "not checkable" with a note`,
    );
  }

  if (typeof published === "number" && typeof reproduced === "number") {
    const tolerance = checkTolerance(id, input.tolerance, published);
    const { within, distance } = judgeClaim(published, reproduced, tolerance);
    if (verdict === "reproduced" && !within) {
      throw new RangeError(
        `claim "${id}" is given as reproduced, but ${distance}, beyond its tolerance; leave the verdict out`,
      );
    }
    if (verdict === "differs" && note === "") {
      throw new TypeError(`claim "${id}" is given as differing: its note must say why`);
    }
    const computed = verdict ?? (within ? "reproduced" : "differs");
    return new Claim({
      id,
      source,
      published,
      reproduced,
      tolerance,
      verdict: computed,
      note: note || (computed === "differs" ? distance : ""),
      evidence,
    });
  }

  const equal = published === reproduced;
  if (verdict === undefined && !equal) {
    throw new TypeError(
      `claim "${id}" sets ${JSON.stringify(published)} beside ${JSON.stringify(reproduced)}, which no tolerance can compare; give the verdict`,
    );
  }
  const given = verdict ?? "reproduced";
  if (given === "differs" && note === "") {
    throw new TypeError(`claim "${id}" is given as differing: its note must say why`);
  }
  return new Claim({
    id,
    source,
    published,
    reproduced,
    tolerance: input.tolerance ?? null,
    verdict: given,
    note,
    evidence,
  });
}
