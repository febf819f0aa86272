import { mountMemory } from "./memory/mountMemory.ts";
import { mountRefit } from "./refit/mountRefit.ts";

// What reports may ask to have computed where they are read, by name.
const widgets: Record<string, (place: HTMLElement, data: never) => void> = {
  memory: mountMemory,
  refit: mountRefit,
};

for (const place of document.querySelectorAll<HTMLElement>("[data-widget]")) {
  const mount = widgets[place.dataset.widget ?? ""];
  const data = document.getElementById(place.dataset.source ?? "")?.textContent;
  if (mount && data) mount(place, JSON.parse(data) as never);
}
