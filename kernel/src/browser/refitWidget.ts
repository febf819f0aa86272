import { mountWidgets } from "./mountWidgets.ts";
import { mountRefit } from "./refit/mountRefit.ts";

mountWidgets("refit", mountRefit);
