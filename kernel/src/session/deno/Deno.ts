import * as api from "./api.ts";

/** `Deno` as a cell sees it: an object of its own, whose functions a cell may replace as it may replace any. */
export const Deno: object = {
  ...api,
  get exitCode() {
    return process.exitCode ?? 0;
  },
  set exitCode(code: number | string) {
    process.exitCode = code;
  },
};
