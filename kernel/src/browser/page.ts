import { addCodeTools } from "./codeTools.ts";
import { drawPlots } from "./drawPlots.ts";
import { followScroll } from "./followScroll.ts";
import { addThemeButton } from "./theme.ts";

addThemeButton();
addCodeTools();
followScroll();
drawPlots();
