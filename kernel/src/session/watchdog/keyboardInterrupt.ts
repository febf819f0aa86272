/** What ends an interrupted cell; every Jupyter tool knows the name. */
export class KeyboardInterrupt extends Error {
  readonly #isOurs = true;
  override name = "KeyboardInterrupt";
  constructor() {
    super("the cell was interrupted; the session's variables are kept");
  }

  /** Unlike `instanceof` it asks nothing of what was thrown, which may be a proxy. */
  static is(thrown: unknown): thrown is KeyboardInterrupt {
    return typeof thrown === "object" && thrown !== null && #isOurs in thrown && thrown.#isOurs;
  }
}
