/** Builds a panel in each place of the page that asks for it, from the data beside it. */
export function mountWidgets<Data>(name: string, mount: (place: HTMLElement, data: Data) => void): void {
  for (const place of document.querySelectorAll<HTMLElement>(`[data-widget="${name}"]`)) {
    const data = document.getElementById(place.dataset.source ?? "")?.textContent;
    if (data) mount(place, JSON.parse(data) as Data);
  }
}
