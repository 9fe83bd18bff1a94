/** Axes, steps and places on them. Pure; times are milliseconds. */

export type Point = readonly [time: number, value: number];
export type Span = readonly [from: number, to: number];

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** From so long on, months say more than days. */
const LONG = 300 * DAY;
const SHORT = 3 * DAY;

/** Round values that enclose lo to hi, at most `count` + 2 of them and no closer than `least`. */
export function niceTicks(lo: number, hi: number, count = 4, least = 0): number[] {
  const wide = hi > lo ? hi - lo : Math.max(Math.abs(hi) * 0.02, 1);
  const rough = Math.max(wide / count, least);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 2.5, 5, 10].find((each) => each * power >= rough * 0.999) ?? 10);
  const from = Math.floor(lo / step) * step;
  const ticks = [from];
  while (ticks.at(-1)! < hi || ticks.length < 2) ticks.push(from + ticks.length * step);
  return ticks.map((each) => Number(each.toPrecision(12)));
}

/** So many times, evenly from the first to the last. */
export function timeTicks([from, to]: Span, count: number): number[] {
  return Array.from({ length: count }, (_, index) => from + ((to - from) * index) / (count - 1));
}

const hourFormat = new Intl.DateTimeFormat("en-GB", { weekday: "short", hour: "2-digit", minute: "2-digit" });
const dayFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const monthFormat = new Intl.DateTimeFormat("en-GB", { month: "short", year: "numeric" });

/** "Sun 14:00", "24 Aug" or "Aug 2026", as the span asks for. */
export function timeLabel(time: number, [from, to]: Span): string {
  if (to - from <= SHORT) return hourFormat.format(time).replace(",", "");
  return (to - from > LONG ? monthFormat : dayFormat).format(time);
}

/** What a stepping line stands at then; undefined before its first point. */
export function valueAt(points: readonly Point[], time: number): number | undefined {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle]![0] <= time) low = middle + 1;
    else high = middle;
  }
  return points[low - 1]?.[1];
}

/**
 * No more points than can be told apart: of each of `columns` equal stretches the first, the lowest, the highest and the last.
 * A year of changes is drawn as quickly as a week.
 */
export function thinned(points: readonly Point[], [from, to]: Span, columns: number): readonly Point[] {
  if (points.length <= columns * 4 || to <= from) return points;
  const kept: Point[] = [];
  let column: Point[] = [];
  let index = -1;
  const flush = () => {
    const byValue = column.toSorted((one, other) => one[1] - other[1]);
    kept.push(...column.filter((each, place) => place === 0 || place === column.length - 1 || each === byValue[0] || each === byValue.at(-1)));
  }; // prettier-ignore
  for (const each of points) {
    const place = Math.floor(((each[0] - from) / (to - from)) * columns);
    if (place !== index) {
      flush();
      column = [];
      index = place;
    }
    column.push(each);
  }
  flush();
  return kept;
}

/** A span that has some width, so that one point has a place in it. */
export const widened = ([from, to]: Span): Span => (to > from ? [from, to] : [from - HOUR, to + HOUR]);

/** Where the lines' names go, so that none covers another: heights in their own order, `apart` pixels from each other, at most `low`. */
export function spread(heights: readonly number[], apart: number, low: number): number[] {
  const order = heights.map((height, index) => ({ height, index })).toSorted((one, other) => one.height - other.height);
  order.forEach((each, place) => {
    if (place) each.height = Math.max(each.height, order[place - 1]!.height + apart);
  });
  order.toReversed().forEach((each, place, all) => {
    each.height = Math.min(each.height, place ? all[place - 1]!.height - apart : low);
  });
  const found: number[] = [];
  for (const each of order) found[each.index] = each.height;
  return found;
}

/** Every n-th index, so that at most `most` are left; the last is always among them. */
export function everySo(count: number, most: number): Set<number> {
  const step = Math.max(1, Math.ceil(count / Math.max(1, most)));
  return new Set(Array.from({ length: count }, (_, index) => index).filter((index) => (count - 1 - index) % step === 0));
}
