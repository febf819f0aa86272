import { nearestName } from "../numerics/arguments/nearestName.ts";
import type { ClaimRow, SharedByRows } from "./ClaimRow.ts";
import { type Claim, type ClaimInput, claim } from "./claim.ts";
import { parsePrinted } from "./parsePrinted.ts";

const sharedKeys = ["source", "tolerance", "because", "note", "evidence"] as const;
const rowKeys = ["id", "printed", "ours", "found", ...sharedKeys] as const;
/** What the fields are called in `claim`, whose form a row is easily taken for. */
const namesInClaim: ReadonlyMap<string, string> = new Map([
  ["published", "printed"],
  ["reproduced", "ours"],
  ["verdict", "ours"],
]);

/** Refuses what the rows share when a key is unknown. */
export function checkShared(shared: SharedByRows): void {
  checkKeys("what the rows share", shared, sharedKeys);
}

/**
 * The claim a row stands for.
 *
 * @param position which row of its table it is, from 1; errors name it
 * @param shared used where the row says nothing itself; its source goes before the row's
 */
export function claimFromRow(row: ClaimRow, position: number, shared: SharedByRows): Claim {
  if (typeof row !== "object" || row === null) {
    throw new TypeError(`row ${position} of the claims is ${describe(row)}; ${rowForm}`);
  }
  const { id, printed, ours, found } = row;
  if (typeof id !== "string" || id.trim() === "") {
    const known = row.source ?? (printed === undefined ? "" : `printed ${describe(printed)}`);
    const where = known === "" ? "" : ` (${known})`;
    throw new TypeError(
      `row ${position} of the claims${where} needs an id, got ${describe(id)}; give a short unique name`,
    );
  }
  const name = `row ${position} of the claims, "${id}",`;
  checkKeys(name, row, rowKeys);
  if (printed === undefined || printed === null || printed === "") {
    throw new TypeError(
      `${name} has no printed; give the paper's figure as it prints it, "0.50", or its words`,
    );
  }
  if (ours === undefined || ours === null || ours === "") {
    throw new TypeError(
      `${name} has no ours; give our number, true or false for a finding in words, or say in a sentence what is missing to check it`,
    );
  }
  for (const [key, value] of Object.entries({ printed, ours, found })) {
    if (typeof value === "number" && !Number.isFinite(value)) {
      throw new RangeError(
        `${name} has ${value} as ${key}, which is no figure; mend the cell that computes it, or let ours be a sentence that says why it cannot be checked`,
      );
    }
  }

  const { because = "", note = "", evidence } = { ...shared, ...definedIn(row) };
  const source = [shared.source, row.source].filter((part) => part).join(", ");
  const remarks = [because, note].filter((part) => part !== "").join("; ");
  const common = { id, source, evidence, note: remarks };
  if (typeof ours === "number") {
    return claim({ ...common, ...comparison(name, row, ours, row.tolerance ?? shared.tolerance) });
  }
  // A shared tolerance is meant for the rows with numbers to compare.
  const { tolerance } = row;
  if (typeof ours === "string") {
    const published = typeof printed === "string" ? (parsePrinted(printed)?.value ?? printed) : printed;
    const note = [ours, remarks].filter((part) => part !== "").join("; ");
    return claim({ ...common, published, reproduced: found, tolerance, verdict: "not checkable", note });
  }
  if (typeof ours !== "boolean") {
    throw new TypeError(`${name} has ${describe(ours)} as ours; ${rowForm}`);
  }
  if (!ours && found === undefined) {
    throw new TypeError(`${name} says that the finding does not hold; give as found what we find instead`);
  }
  const verdict = ours ? "reproduced" : "differs";
  return claim({ ...common, published: printed, reproduced: found ?? printed, tolerance, verdict });
}

const rowForm = `a row is { id, source, printed, ours, … } with ours a number, true or false, or a sentence that says what is missing`;

/** The two numbers and their tolerance, by default half a unit of the last digit printed. */
function comparison(
  name: string,
  { printed, found }: ClaimRow,
  ours: number,
  tolerance: ClaimRow["tolerance"],
): Pick<ClaimInput, "published" | "reproduced" | "tolerance"> {
  if (found !== undefined) {
    throw new TypeError(
      `${name} has the number ${ours} as ours and ${describe(found)} as found; found stands beside true, false or a sentence`,
    );
  }
  if (typeof printed === "number") {
    if (tolerance === undefined) {
      throw new TypeError(
        `${name} has no tolerance; print the figure as text ("0.50") for half a unit of its last digit, or give 0.01 or { absolute: 0.002 }`,
      );
    }
    return { published: printed, reproduced: ours, tolerance };
  }
  const parsed = parsePrinted(printed);
  if (parsed === undefined) {
    throw new TypeError(
      `${name} sets the number ${ours} beside ${describe(printed)}, which is none; print the number alone, or give true or false as ours and the number as found`,
    );
  }
  const { value, halfUnit } = parsed;
  if (tolerance === undefined && halfUnit === undefined) {
    throw new TypeError(
      `${name} prints ${describe(printed)}, whose zeros do not say how far it is rounded; give a tolerance such as 0.01 or { absolute: 50 }`,
    );
  }
  return { published: value, reproduced: ours, tolerance: tolerance ?? { absolute: halfUnit! } };
}

function checkKeys(name: string, value: object, allowed: readonly string[]): void {
  for (const key of Object.keys(value)) {
    if (allowed.includes(key)) continue;
    const meant = namesInClaim.get(key) ?? nearestName(key, allowed);
    throw new TypeError(
      `${name} has the unknown key "${key}"; did you mean "${meant}"? Known are ${allowed.join(", ")}`,
    );
  }
}

const definedIn = (row: ClaimRow): Partial<ClaimRow> =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));

const describe = (value: unknown): string => JSON.stringify(value) ?? String(value);
