export {
  type FineTuning,
  type MemoryParts,
  memoryPartNames,
  type StageMemory,
  type TrainingMemory,
  type TrainingMemoryOptions,
} from "./MemoryParts.ts";
export { trainingMemory } from "./trainingMemory.ts";
