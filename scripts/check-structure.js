// Part of `npm run lint`: no circle, no upward arrow, no Node built-in in browser code, no crowded folder.
import { fileURLToPath } from "node:url";
import { checkStructure } from "./structure/checkStructure.js";
import { packages } from "./structure/rooms.js";

const { faults, modules, rooms } = checkStructure(fileURLToPath(new URL("..", import.meta.url)), packages);
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
else console.log(`${modules} modules in ${rooms} rooms: no circle, no upward arrow`);
