/** What an input was at in the last two minutes. Pure; times are milliseconds of the server's clock. */

import type { Input } from "./wire";

export const SPAN = 120_000;
/** One point for each second: what came within it is its lowest, highest and last. */
const EACH = 1_000;
/** So long without a reading, and the line is interrupted. */
const GAP = 3_500;

export interface Point {
  at: number;
  volts: number;
  low: number;
  high: number;
}

export type Trace = readonly Point[];

/** As the server remembers it. */
export function traceOf(history: Input["history"], now: number): Trace {
  const points: Point[] = [];
  for (const [ago, volts] of history ?? []) {
    if (volts !== null) points.push({ at: now + ago * 1000, volts, low: volts, high: volts });
  }
  return points;
}

const secondOf = ({ at }: Point) => Math.floor(at / EACH);

/** With one more reading, and without what is too old. A reading that comes late, after a newer one, changes nothing. */
export function grown(trace: Trace, at: number, volts: number): Trace {
  const last = trace.at(-1);
  const point = { at, volts, low: volts, high: volts };
  if (last && at < last.at) return trace;
  const kept = trace.filter((each) => each.at > at - SPAN - GAP);
  if (!last || secondOf(last) !== secondOf(point)) return [...kept, point];
  return [...kept.slice(0, -1), { at, volts, low: Math.min(last.low, volts), high: Math.max(last.high, volts) }];
}

/** Two memories of the same: ours, which is finer, and the server's where we did not listen. */
export function joined(theirs: Trace, ours: Trace): Trace {
  const missed = theirs.filter(({ at }) => !ours.some((each) => Math.abs(each.at - at) < EACH));
  return [...missed, ...ours].toSorted((one, other) => one.at - other.at);
}

/** In pieces: a new one after each stretch without readings. */
export function pieces(trace: Trace, now: number): Point[][] {
  const found: Point[][] = [];
  let before = -Infinity;
  for (const point of trace) {
    if (point.at < now - SPAN) continue;
    if (point.at - before > GAP) found.push([]);
    found.at(-1)!.push(point);
    before = point.at;
  }
  return found;
}

/** The lowest and the highest of what is in sight. */
export function rangeOf(trace: Trace, now: number): readonly [low: number, high: number] | undefined {
  const seen = trace.filter((each) => each.at >= now - SPAN);
  if (!seen.length) return undefined;
  return [Math.min(...seen.map((each) => each.low)), Math.max(...seen.map((each) => each.high))];
}

export interface Stretch {
  /** When it ended. */
  to: number;
  low: number;
  high: number;
  last: number;
}

/** For the table: stretches of so many milliseconds, on the clock's own marks, the newest first. Only whole ones: none changes any more. */
export function stretches(trace: Trace, now: number, long: number): Stretch[] {
  const found = new Map<number, Stretch>();
  for (const { at, volts, low, high } of trace) {
    const to = (Math.floor(at / long) + 1) * long;
    if (at < now - SPAN || to > now) continue;
    const known = found.get(to);
    found.set(to, { to, low: Math.min(low, known?.low ?? low), high: Math.max(high, known?.high ?? high), last: volts });
  }
  return [...found.values()].toReversed();
}
