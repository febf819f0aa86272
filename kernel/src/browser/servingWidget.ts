import { mountWidgets } from "./mountWidgets.ts";
import { mountServing } from "./serving/mountServing.ts";

mountWidgets("serving", mountServing);
