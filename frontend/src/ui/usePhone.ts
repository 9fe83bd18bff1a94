import { useSyncExternalStore } from "react";

const PHONE = "(max-width: 767.98px)";

/** Whether the phone layout is drawn. The same width stands in the Sass. */
export function usePhone(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const query = matchMedia(PHONE);
      query.addEventListener("change", listener);
      return () => query.removeEventListener("change", listener);
    },
    () => matchMedia(PHONE).matches,
  );
}
