import { work } from "./core.mjs";

globalThis.answer = work();
