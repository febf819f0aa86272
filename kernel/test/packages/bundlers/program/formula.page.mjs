import { work } from "./formula.mjs";

globalThis.answer = work();
