/** A smooth function of a vector, as the optimisers take it. */
export interface Differentiable {
  /** Returns f(z) and writes its gradient; Infinity where f is not defined. */
  evaluate(z: Float64Array, gradient: Float64Array): number;
}
