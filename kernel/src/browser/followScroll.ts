/** Marks the current section in the contents, where the browser's style sheets cannot do it by themselves. */
export function followScroll(): void {
  if (CSS.supports("scroll-target-group", "auto")) return;
  const links = new Map(
    [...document.querySelectorAll<HTMLAnchorElement>("nav a")].map((link) => [link.hash.slice(1), link]),
  );
  const headings = [...links.keys()].flatMap((id) => document.getElementById(decodeURIComponent(id)) ?? []);
  const mark = () => {
    const passed = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 4);
    const current = links.get((passed.at(-1) ?? headings[0])?.id ?? "");
    for (const link of links.values()) {
      if (link === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  new IntersectionObserver(mark, { rootMargin: "0px 0px -75% 0px" }).observe(document.body);
  addEventListener("scroll", mark, { passive: true });
}
