import { useSyncExternalStore } from "react";

/** The same width stands in the Sass. */
const WIDE = "(min-width: 1200px)";

/** Whether the side column stands beside the events, and not below them. */
export function useWide(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const query = matchMedia(WIDE);
      query.addEventListener("change", listener);
      return () => query.removeEventListener("change", listener);
    },
    () => matchMedia(WIDE).matches,
  );
}
