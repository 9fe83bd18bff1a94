// The pages that the server makes alone: landing, set-up, errors. A theme switch and a gentle reload, nothing else.
const root = document.documentElement;

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element) || !event.target.closest("[data-theme-toggle]")) return;
  const theme = root.dataset.bsTheme === "light" ? "dark" : "light";
  root.dataset.bsTheme = theme;
  try {
    const kept = JSON.parse(localStorage.getItem("vr-preferences") ?? "{}") as object;
    localStorage.setItem("vr-preferences", JSON.stringify({ ...kept, theme }));
    localStorage.setItem("vr-preferences-unsaved", "1");
  } catch {
    // It holds for this page then.
  }
});

// A page that waits for Bungie looks again by itself.
const wait = Number(document.querySelector<HTMLElement>("[data-reload]")?.dataset.reload);
if (wait > 0) setTimeout(() => location.reload(), Math.max(wait, 5) * 1000);

document.querySelector("[data-reload-now]")?.addEventListener("click", () => location.reload());
