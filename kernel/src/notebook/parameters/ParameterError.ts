/** A parameter that cannot be given, or not to this notebook; the message says which and what is possible. */
export class ParameterError extends RangeError {
  override readonly name = "ParameterError";
}
