import { refusal, requireWhole, requireWholeBetween } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { Random } from "../../numerics/random/Random.ts";

/**
 * Shannon entropy −Σ p log₂ p of a distribution, in bits a symbol: the least any lossless code needs.
 *
 * @throws RangeError unless the probabilities are at least 0 and add up to 1
 * @example
 * import { entropyBits } from "isoflop";
 * entropyBits([0.5, 0.25, 0.25]); // => 1.5
 */
export function entropyBits(probabilities: readonly number[]): number {
  const sum = probabilities.reduce((total, p) => total + p, 0);
  if (probabilities.some((p) => !(p >= 0)) || Math.abs(sum - 1) > 1e-9) {
    throw new RangeError(`probabilities must be >= 0 and add up to 1, got [${probabilities.join(", ")}]`);
  }
  return -probabilities.reduce((bits, p) => bits + (p === 0 ? 0 : p * Math.log2(p)), 0);
}

/**
 * Measured size of a dictionary code for ternary weights, in bits a weight.
 *
 * The dictionary holds the 2^16 most probable sequences of weight pairs (at most `maxPairs` long), built by
 * always extending the most probable one; a row of weights is then cut greedily into the longest known
 * sequences, each written as 16 bits. Weights are drawn at random: 0 with `zeroShare`, −1 and 1 equally.
 *
 * Source: after Frantar & Alistarh 2023, "QMoE", section 4; the code is ours and runs on simulated weights.
 *
 * @throws RangeError unless zeroShare lies strictly between 0 and 1
 * @example
 * import { ternaryDictionaryBits } from "isoflop";
 * const bits = ternaryDictionaryBits({ zeroShare: 0.9, nRows: 4, rowLength: 2048, codeBits: 8, seed: 1 });
 * bits < Math.log2(3); // => true
 */
export function ternaryDictionaryBits(setting: {
  readonly zeroShare: number;
  readonly nRows: number;
  /** Weights in a row, an even number. */
  readonly rowLength: number;
  /** Bits of a codeword, default 16. */
  readonly codeBits?: number;
  /** Longest sequence in pairs, default 14. */
  readonly maxPairs?: number;
  readonly seed: number;
}): number {
  requireOptions("ternaryDictionaryBits", setting, [
    "zeroShare",
    "nRows",
    "rowLength",
    "codeBits",
    "maxPairs",
    "seed",
  ]);
  const { zeroShare, nRows, rowLength, codeBits = 16, maxPairs = 14, seed } = setting;
  if (!(zeroShare > 0 && zeroShare < 1)) {
    const wanted = "must lie strictly between 0 and 1";
    throw refusal("zeroShare", wanted, zeroShare, "weights that are all alike need no dictionary");
  }
  requireWhole("nRows", nRows, 1, "give the rows of the matrix, such as 64");
  requireWhole("rowLength / 2", rowLength / 2, 1, "weights are coded in pairs: give an even rowLength");
  requireWholeBetween("codeBits", codeBits, 4, 20, "16 is usual");
  requireWhole("maxPairs", maxPairs, 1, "14 is usual");
  const other = (1 - zeroShare) / 2;
  const single = [zeroShare, other, other];
  const pairs = Array.from({ length: 9 }, (_, i) => single[Math.floor(i / 3)]! * single[i % 3]!);
  const children = growDictionary(pairs, 2 ** codeBits, maxPairs);
  const random = new Random(seed, 0);
  const draw = () => {
    const u = random.uniform();
    return u < zeroShare ? 0 : u < zeroShare + other ? 1 : 2;
  };
  let codewords = 0;
  for (let row = 0; row < nRows; row++) {
    let node = 0;
    for (let i = 0; i < rowLength; i += 2) {
      const pair = draw() * 3 + draw();
      let next = children[node * 9 + pair]!;
      if (next === 0) {
        codewords++;
        next = children[pair]!;
      }
      node = next;
    }
    codewords++;
  }
  return (codewords * codeBits) / (nRows * rowLength);
}

/** A trie, nine children a node, 0 for none; node 0 is the root, the others are the dictionary. */
function growDictionary(pairs: readonly number[], size: number, maxPairs: number): Int32Array {
  const children = new Int32Array((size + 1) * 9);
  // A binary heap of nodes to be added, the most probable on top.
  const heap: { probability: number; parent: number; pair: number; depth: number }[] = [];
  const push = (item: (typeof heap)[number]) => {
    heap.push(item);
    for (let i = heap.length - 1; i > 0; ) {
      const up = (i - 1) >> 1;
      if (heap[up]!.probability >= heap[i]!.probability) break;
      [heap[up], heap[i]] = [heap[i]!, heap[up]!];
      i = up;
    }
  };
  const pop = () => {
    const top = heap[0]!;
    const last = heap.pop()!;
    if (heap.length > 0) {
      heap[0] = last;
      for (let i = 0; ; ) {
        let largest = i;
        for (const child of [2 * i + 1, 2 * i + 2]) {
          if (child < heap.length && heap[child]!.probability > heap[largest]!.probability) largest = child;
        }
        if (largest === i) break;
        [heap[largest], heap[i]] = [heap[i]!, heap[largest]!];
        i = largest;
      }
    }
    return top;
  };
  const offer = (parent: number, probability: number, depth: number) => {
    for (const [pair, share] of pairs.entries())
      push({ probability: probability * share, parent, pair, depth });
  };
  // Every single pair must be codable, whatever its probability.
  let count = 0;
  const nodes: [number, number][] = [];
  for (const [pair, share] of pairs.entries()) {
    children[pair] = ++count;
    nodes.push([count, share]);
  }
  if (maxPairs > 1) for (const [node, share] of nodes) offer(node, share, 2);
  while (count < size && heap.length > 0) {
    const { parent, pair, probability, depth } = pop();
    children[parent * 9 + pair] = ++count;
    if (depth < maxPairs) offer(count, probability, depth + 1);
  }
  return children;
}
