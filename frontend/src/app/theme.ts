import { useEffect, useSyncExternalStore } from "react";
import { apply, prefer, usePreferences } from "../settings/preferences";

const LIGHT = "(prefers-color-scheme: light)";

function subscribe(listener: () => void): () => void {
  const query = matchMedia(LIGHT);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}

/** The theme that is drawn, and a way to turn to the other one. */
export function useTheme(): ["dark" | "light", () => void] {
  const { theme } = usePreferences();
  const systemLight = useSyncExternalStore(subscribe, () => matchMedia(LIGHT).matches);
  const drawn = theme === "system" ? (systemLight ? "light" : "dark") : theme;
  useEffect(apply, [drawn]);
  return [drawn, () => prefer({ theme: drawn === "dark" ? "light" : "dark" })];
}
