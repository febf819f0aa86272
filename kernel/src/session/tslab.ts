export { display } from "./display.ts";
