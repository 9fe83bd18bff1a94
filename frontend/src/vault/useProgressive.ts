import { startTransition, useEffect, useState } from "react";

/**
 * Draws the first few of many at once and the rest in the browser's idle moments, one after the other: the page is usable at
 * once and no single task is long. Returns how many may be drawn.
 */
export function useProgressive(total: number, atOnce: number): number {
  const [drawn, setDrawn] = useState(atOnce);
  useEffect(() => {
    if (drawn >= total) return;
    const more = () => startTransition(() => setDrawn((before) => before + 1));
    if (typeof requestIdleCallback === "undefined") {
      const timer = setTimeout(more, 30);
      return () => clearTimeout(timer);
    }
    const handle = requestIdleCallback(more, { timeout: 300 });
    return () => cancelIdleCallback(handle);
  }, [drawn, total]);
  return drawn;
}
