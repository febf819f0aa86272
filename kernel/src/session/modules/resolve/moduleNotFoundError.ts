/** An import that leads nowhere; the message says what to do. */
export class ModuleNotFoundError extends Error {
  override name = "ModuleNotFoundError";
  readonly code = "ERR_MODULE_NOT_FOUND";
}
