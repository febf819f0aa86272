export {
  type FineTuning,
  type MemoryParts,
  memoryPartNames,
  type StageMemory,
  type TrainingMemory,
  type TrainingMemoryOptions,
} from "./MemoryParts.ts";
export { type FittingChange, type MemoryFit, memoryFits } from "./memoryFits.ts";
export { trainingMemory } from "./trainingMemory.ts";
