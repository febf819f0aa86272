/** What ends an interrupted cell; every Jupyter tool knows the name. */
export class KeyboardInterrupt extends Error {
  override name = "KeyboardInterrupt";
  constructor() {
    super("the cell was interrupted; the session's variables are kept");
  }
}
