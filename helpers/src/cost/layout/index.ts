export { checkLayout } from "./checkLayout.ts";
export type { CheckedLayout, Layout, RecomputedModule } from "./Layout.ts";
export {
  recipeBytes,
  type TrainingRecipe,
  type TrainingRecipeName,
  trainingRecipes,
} from "./trainingRecipes.ts";
export type { ZeroStage } from "./ZeroStage.ts";
