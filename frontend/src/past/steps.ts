/** Where the steps of a life line's drawing lie. Pure. */

/** Milliseconds, and the value from then on. */
export type Point = readonly [number, number];

export const HEIGHT = 88;
export const FLOOR = 66.5;
const LEFT = 10;
const TOP = 24;
const BOTTOM = 58;
/** Between two numbers, so that none lies over another. */
const APART = 34;

interface Dot {
  x: number;
  y: number;
  label?: string;
  anchor: "start" | "middle" | "end";
}

/** Right of the last value, for its number. */
const MARGIN = 30;

export interface Steps {
  line: string;
  area: string;
  dots: Dot[];
  x: (time: number) => number;
}

/** `until`: to where the last value is drawn. `width`: of the drawing, in pixels. */
export function laidOut(points: readonly Point[], until: number, width: number): Steps {
  const right = width - MARGIN;
  const [begin, end] = [points[0]![0], Math.max(until, points.at(-1)![0])];
  const values = points.map(([, value]) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = (time: number) => (end === begin ? LEFT : LEFT + ((time - begin) / (end - begin)) * (right - LEFT));
  const y = (value: number) => (high === low ? (TOP + BOTTOM) / 2 : BOTTOM - ((value - low) / (high - low)) * (BOTTOM - TOP));
  const places = points.map(([time, value]) => ({ x: round(x(time)), y: round(y(value)), value }));
  const [first, ...others] = places;
  const line = `M${first!.x} ${first!.y}${others.map((each) => `H${each.x}V${each.y}`).join("")}H${right}`;
  return { line, area: `${line}V${FLOOR}H${first!.x}Z`, dots: numbered(places), x };
}

/** The last number always, others as they fit. */
function numbered(places: { x: number; y: number; value: number }[]): Dot[] {
  const last = places.length - 1;
  const end = places[last]!.x;
  let free = -Infinity;
  return places.map(({ x, y, value }, index) => {
    // The next dot, if it is that near, would lie in the number.
    const crowded = index < last && places[index + 1]!.x - x < APART / 2;
    const fits = index === last || (!crowded && x >= free && x <= end - APART);
    if (fits) free = x + APART;
    return { x, y, label: fits ? value.toLocaleString("en") : undefined, anchor: index ? "middle" : "start" };
  });
}

const round = (value: number) => Math.round(value * 10) / 10;
