import { choleskyFactor, choleskyInverse, choleskySolve } from "../../numerics/linear/cholesky.ts";

/** A group's part of a Hessian (q x q, row-major), with the places of its own and of the shared coordinates in it. */
export interface ArrowBlock {
  readonly hessian: Float64Array;
  readonly own: readonly number[];
  readonly shared: readonly number[];
}

/** The inverse of an arrow-shaped Hessian, block by block. */
export interface ArrowInverse {
  /** Inverse over the shared coordinates (s x s): that of the Schur complement. */
  readonly shared: Float64Array;
  /** For each group the inverse over its coordinates, in the order of its block (q x q). */
  readonly groups: readonly Float64Array[];
  /** For each group how its own coordinates follow the shared ones (own x shared). */
  readonly follow: readonly Float64Array[];
  /** For each group the inverse over its own coordinates with the shared ones held. */
  readonly inner: readonly Float64Array[];
}

/**
 * Inverts a Hessian in which groups touch only through shared coordinates: own blocks are eliminated one by one, so that
 * a hundred groups cost a hundred times as much as one.
 *
 * @returns undefined where the Hessian is not positive definite
 */
export function invertArrow(blocks: readonly ArrowBlock[], sharedSize: number): ArrowInverse | undefined {
  const s = sharedSize;
  const schur = new Float64Array(s * s);
  const inner: Float64Array[] = [];
  const follow: Float64Array[] = [];
  for (const { hessian, own, shared } of blocks) {
    const q = Math.round(Math.sqrt(hessian.length));
    const m = own.length;
    const at = (a: number, b: number) => hessian[a * q + b]!;
    const ownBlock = Float64Array.from({ length: m * m }, (_, k) => at(own[Math.floor(k / m)]!, own[k % m]!));
    const factor = ownBlock.slice();
    const inverse = m > 0 ? choleskyInverse(ownBlock, m) : new Float64Array(0);
    if (!inverse || (m > 0 && !choleskyFactor(factor, m))) return undefined;
    const moves = new Float64Array(m * s);
    for (let b = 0; b < s; b++) {
      const column = Float64Array.from(own, (a) => -at(a, shared[b]!));
      if (m > 0) choleskySolve(factor, m, column);
      for (let a = 0; a < m; a++) moves[a * s + b] = column[a]!;
    }
    for (let a = 0; a < s; a++) {
      for (let b = 0; b < s; b++) {
        let sum = at(shared[a]!, shared[b]!);
        for (let k = 0; k < m; k++) sum += at(shared[a]!, own[k]!) * moves[k * s + b]!;
        schur[a * s + b]! += sum;
      }
    }
    inner.push(inverse);
    follow.push(moves);
  }
  const sharedInverse = s > 0 ? choleskyInverse(schur, s) : new Float64Array(0);
  if (!sharedInverse) return undefined;
  const groups = blocks.map((block, g) => spread(block, inner[g]!, follow[g]!, sharedInverse));
  return { shared: sharedInverse, groups, follow, inner };
}

/**
 * A group's block of an inverse: what its own coordinates scatter by themselves, and with the shared ones. What the block
 * leaves out stays zero.
 */
export function spread(
  { hessian, own, shared }: ArrowBlock,
  inner: Float64Array,
  follow: Float64Array,
  ofShared: Float64Array,
): Float64Array {
  const m = own.length;
  const s = shared.length;
  const q = Math.round(Math.sqrt(hessian.length));
  const out = new Float64Array(q * q);
  // Rows of [follow; I]: how each coordinate of the group moves with the shared ones.
  const moves = (k: number, b: number) => (k < m ? follow[k * s + b]! : k - m === b ? 1 : 0);
  const place = [...own, ...shared];
  for (let a = 0; a < m + s; a++) {
    for (let b = 0; b < m + s; b++) {
      let sum = a < m && b < m ? inner[a * m + b]! : 0;
      for (let c = 0; c < s; c++) {
        for (let d = 0; d < s; d++) sum += moves(a, c) * ofShared[c * s + d]! * moves(b, d);
      }
      out[place[a]! * q + place[b]!] = sum;
    }
  }
  return out;
}
