import { mountMemory } from "./memory/mountMemory.ts";
import { mountWidgets } from "./mountWidgets.ts";

mountWidgets("memory", mountMemory);
