/** The button that opens all folded code, and one on each piece of code that copies it. */
export function addCodeTools(): void {
  const folds = [...document.querySelectorAll<HTMLDetailsElement>("details.code")];
  const button = document.querySelector<HTMLButtonElement>("[data-action=code]");
  if (button && folds.length > 0) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const open = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(open));
      button.textContent = open ? "Hide all code" : "Show all code";
      for (const fold of folds) fold.open = open;
    });
  }
  for (const fold of folds) {
    const copy = document.createElement("button");
    copy.type = "button";
    copy.className = "copy";
    copy.textContent = "Copy";
    copy.addEventListener("click", async () => {
      await copyText(fold.querySelector("code")?.textContent ?? "");
      copy.textContent = "Copied";
      setTimeout(() => {
        copy.textContent = "Copy";
      }, 1500);
    });
    fold.append(copy);
  }
}

async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // A page opened from a file may have no clipboard; the old way still works there.
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}
