/** Victory's look, from the page's own CSS variables: one drawing for both themes, which follows them without being drawn anew. */

import type { VictoryThemeDefinition } from "victory";

const words = { fontFamily: "var(--bs-font-sans-serif)", fontSize: 11, fill: "var(--vr-text-3)", letterSpacing: "normal" };
const none = { stroke: "none", fill: "none" };

export const THEME: VictoryThemeDefinition = {
  axis: { style: { axis: none, ticks: { ...none, size: 0 }, grid: none, tickLabels: { ...words, padding: 8 } } },
  line: { style: { data: { fill: "none", strokeWidth: 2 } } },
  area: { style: { data: { fillOpacity: 0.12 } } },
  bar: { style: { data: { strokeWidth: 0 } } },
};

/** Of the axis of values: a line across at each. */
export const GRID = { grid: { stroke: "var(--vr-line)", strokeWidth: 1 }, tickLabels: { ...words, padding: 6 } };

/** Where the drawing stands in its box, in pixels. */
export interface Frame {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export const HEIGHT = 216;
const LETTER = 6.4;
const MARGIN = { left: 12, right: 10, top: 14, bottom: 24 };

/** Room for the longest value at the left, and for the lines' names at the right. */
export function frameOf(width: number, height: number, values: readonly string[], names: readonly string[] = []): Frame {
  const longest = (all: readonly string[]) => Math.max(0, ...all.map((each) => each.length)) * LETTER;
  const right = names.length ? Math.ceil(longest(names)) + 14 : MARGIN.right;
  return { ...MARGIN, width, height, left: Math.ceil(longest(values)) + MARGIN.left, right };
}

export const across = ({ width, left, right }: Frame): number => Math.max(1, width - left - right);
export const down = ({ height, top, bottom }: Frame): number => Math.max(1, height - top - bottom);
/** Of a value's place within [from, to], in pixels. */
export const placeX = (frame: Frame, value: number, [from, to]: readonly [number, number]): number =>
  frame.left + (across(frame) * (value - from)) / (to - from);
export const placeY = (frame: Frame, value: number, [from, to]: readonly [number, number]): number =>
  frame.top + down(frame) * (1 - (value - from) / (to - from));
