// Runs before the first paint, as a plain script in the head: the page never flashes in the wrong theme.
// Kept without imports, so that it stays one small file; `settings/preferences.ts` writes what is read here.
(() => {
  const root = document.documentElement;
  let kept: { theme?: string; tile_size?: number; less_motion?: boolean } = {};
  try {
    kept = JSON.parse(localStorage.getItem("vr-preferences") ?? "{}") ?? {};
  } catch {
    // A browser that keeps nothing, or something that is not ours: the defaults are fine.
  }
  const light = kept.theme === "light" || (kept.theme !== "dark" && matchMedia("(prefers-color-scheme: light)").matches);
  root.dataset.bsTheme = light ? "light" : "dark";
  if (kept.tile_size) root.dataset.tiles = String(kept.tile_size);
  if (kept.less_motion) root.dataset.motion = "less";
})();
