const storageKey = "isoflop-theme";
const darkPreferred = matchMedia("(prefers-color-scheme: dark)");

/** Whether the page is dark now: the reader's choice, else the system's. On paper it never is. */
export function isDark(): boolean {
  if (matchMedia("print").matches) return false;
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : darkPreferred.matches;
}

export function onThemeChange(listener: () => void): void {
  document.addEventListener("themechange", listener);
  darkPreferred.addEventListener("change", listener);
}

export function addThemeButton(): void {
  // Some browsers refuse storage to pages opened from a file.
  try {
    const stored = localStorage.getItem(storageKey);
    if (stored) document.documentElement.dataset.theme = stored;
  } catch {}
  const button = document.querySelector<HTMLButtonElement>("[data-action=theme]");
  if (!button) return;
  const label = () => {
    button.textContent = isDark() ? "Light" : "Dark";
  };
  button.hidden = false;
  label();
  onThemeChange(label);
  button.addEventListener("click", () => {
    const theme = isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = theme;
    try {
      localStorage.setItem(storageKey, theme);
    } catch {}
    document.dispatchEvent(new Event("themechange"));
  });
}
