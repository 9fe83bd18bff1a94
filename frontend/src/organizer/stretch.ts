/** Which rows are drawn. Pure. */

/** Rows beyond both edges, so that none is missing while scrolling. */
const BEYOND = 12;
/** The window moves in such steps: not with every pixel. */
const STEP = 6;

export interface Window {
  from: number;
  to: number;
}

/** The rows to draw when so much is scrolled away and the frame is so high, both in pixels. */
export function windowAt(scrolled: number, height: number, row: number): Window {
  const first = Math.floor(scrolled / row / STEP) * STEP;
  return { from: Math.max(0, first - BEYOND), to: first + Math.ceil(height / row) + STEP + BEYOND };
}

/** The window within so many rows, and the one that has focus: it is never taken away. Each is followed by what comes after it. */
export function stretches({ from, to }: Window, held: number, count: number): Window[] {
  const end = Math.min(to, count);
  const start = Math.min(from, Math.max(0, end - 1));
  const parts: Window[] = end > start ? [{ from: start, to: end }] : [];
  if (held < 0 || held >= count || (held >= start && held < end)) return parts;
  const alone = { from: held, to: held + 1 };
  return held < start ? [alone, ...parts] : [...parts, alone];
}
