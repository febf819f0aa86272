import { totalmem } from "node:os";

/** What sets the limit: megabytes that the objects of a session may take. */
export const heapVariable = "ISOFLOP_HEAP_MB";

/** Node's own limit of 4 GB is too little for data on a large machine, and too much where the memory is small. */
const share = 0.5;
const range = { least: 512, most: 8192 };
const mebibyte = 1024 * 1024;

/**
 * How many megabytes the heap of a session may hold: what ISOFLOP_HEAP_MB says, or what NODE_OPTIONS says, or half of
 * the memory that this process may use, between 512 MB and 8 GB. Arrays of numbers and buffers lie beside the heap.
 *
 * @throws RangeError when ISOFLOP_HEAP_MB is no number of megabytes
 */
export function chooseHeapLimit(
  environment: NodeJS.ProcessEnv,
  memory: number,
): { megabytes: number; flags: string[] } {
  const wanted = environment[heapVariable];
  if (wanted) {
    const megabytes = Number(wanted);
    if (Number.isInteger(megabytes) && megabytes >= 64) return { megabytes, flags: [flagOf(megabytes)] };
    throw new RangeError(
      `${heapVariable} must be a whole number of megabytes from 64 on, got ${JSON.stringify(wanted)}; 8192 allows 8 GB`,
    );
  }
  const ofNode = /--max[-_]old[-_]space[-_]size[= ](\d+)/.exec(environment.NODE_OPTIONS ?? "");
  if (ofNode) return { megabytes: Number(ofNode[1]), flags: [] };
  const megabytes = Math.round(Math.min(Math.max((share * memory) / mebibyte, range.least), range.most));
  return { megabytes, flags: [flagOf(megabytes)] };
}

const flagOf = (megabytes: number) => `--max-old-space-size=${megabytes}`;

/** The limit of this kernel's sessions. */
export const heapLimit = () => chooseHeapLimit(process.env, usableMemory());

/** A container may allow less than the machine has. */
function usableMemory(): number {
  const allowed = process.constrainedMemory() ?? 0;
  return allowed > 0 ? Math.min(allowed, totalmem()) : totalmem();
}
