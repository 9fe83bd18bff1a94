import { footHeight, headBottom } from "./frame";

/** Pixels from the edge where the page begins to scroll, and how many it scrolls a frame at most. */
const ZONE = 64;
const FASTEST = 16;

/** How far the page goes in this frame, for a pointer at this height: the nearer to the edge, the faster. */
export function scrollStep(y: number, top = headBottom(), bottom = innerHeight - footHeight()): number {
  // Over the head itself one drops on a guardian: nothing scrolls there.
  if (y < top) return 0;
  if (y < top + ZONE) return -speed(top + ZONE - y);
  return y > bottom - ZONE ? speed(y - (bottom - ZONE)) : 0;
}

const speed = (depth: number) => Math.ceil(Math.min(1, depth / ZONE) ** 2 * FASTEST);
