// npm run bench -- models: time of modelFromConfig on every published configuration of the catalogue (bound: 1 ms).
import { main as models } from "./cost/models.js";

export async function main() {
  models();
}
