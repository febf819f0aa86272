export { modelRoofline, type RooflinePass, type RooflinePoint, type RoofRates } from "./modelRoofline.ts";
