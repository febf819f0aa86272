export { type CleanedNotebook, cleanNotebook } from "./cleanNotebook.ts";
export {
  type CellFailure,
  type ExecuteOptions,
  type Execution,
  executeNotebook,
  type Progress,
} from "./executeNotebook.ts";
export { ForeignLanguageError, kernelFor } from "./foreign/kernelFor.ts";
export { formatNotebook } from "./formatNotebook.ts";
export { KernelClient, type Message } from "./KernelClient.ts";
export { type KernelCommand, KernelProcess, type StartOptions } from "./KernelProcess.ts";
export { isoflopKernel, parseKernelCommand } from "./kernelCommand.ts";
export type * from "./Notebook.ts";
export * from "./parameters/index.ts";
export { NotebookFormatError, parseNotebook } from "./parseNotebook.ts";
export * from "./percent/index.ts";
export { readNotebook } from "./readNotebook.ts";
