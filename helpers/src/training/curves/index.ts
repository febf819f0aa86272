export { type CooldownBranch, type CooldownCost, cooldownCost } from "./cooldownCost.ts";
