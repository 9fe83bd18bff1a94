import { describe, expect, it } from "vitest";
import { askedEvery } from "../src/charts/asking";
import { everySo, niceTicks, spread, thinned, timeLabel, timeTicks, valueAt, widened, type Point } from "../src/charts/scale";

const DAY = 86_400_000;

describe("ticks of values", () => {
  it.each([
    [0, 700, [0, 200, 400, 600, 800]],
    [504, 549.4, [500, 520, 540, 560]],
    [0, 1, [0, 0.25, 0.5, 0.75, 1]],
    [0, 21, [0, 10, 20, 30]],
    [-47, 61, [-50, 0, 50, 100]],
  ])("%s to %s", (lo, hi, ticks) => expect(niceTicks(lo, hi)).toEqual(ticks));

  it("are no closer than told: there is no half of an item", () => expect(niceTicks(0, 1, 4, 1)).toEqual([0, 1]));

  it.each([[549, 549], [0, 0], [-3, -3]])("enclose a single value, too: %s", (lo, hi) => {
    const ticks = niceTicks(lo, hi);
    expect(ticks.length).toBeGreaterThan(1);
    expect(ticks[0]).toBeLessThanOrEqual(lo);
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(hi);
  }); // prettier-ignore
});

describe("times", () => {
  it("are ticked from the first to the last", () => expect(timeTicks([0, 90], 4)).toEqual([0, 30, 60, 90]));

  it.each([
    [2 * DAY, /^\w{3} \d\d:\d\d$/],
    [90 * DAY, /^\d+ \w+$/],
    [400 * DAY, /^\w+ \d{4}$/],
  ])("are labelled as %s ms ask for", (span, form) => expect(timeLabel(Date.UTC(2026, 7, 24), [0, span])).toMatch(form));

  it("have some width, so that one point has a place", () => {
    const [from, to] = widened([5, 5]);
    expect(from).toBeLessThan(5);
    expect(to).toBeGreaterThan(5);
    expect(widened([1, 9])).toEqual([1, 9]);
  });
});

describe("a line that steps", () => {
  const points: Point[] = [[10, 1], [20, 2], [20, 3], [30, 4]]; // prettier-ignore

  it.each([
    [9, undefined],
    [10, 1],
    [19, 1],
    [20, 3],
    [29, 3],
    [99, 4],
  ])("stands at %s at %s", (time, value) => expect(valueAt(points, time)).toBe(value));

  it("keeps first, lowest, highest and last of each column when there are very many", () => {
    const many: Point[] = Array.from({ length: 10_000 }, (_, index) => [
      index,
      index === 5003 ? 999 : index === 5007 ? -999 : index % 7,
    ]);
    const few = thinned(many, [0, 10_000], 100);
    expect(few.length).toBeLessThanOrEqual(400);
    expect(few[0]).toEqual(many[0]);
    expect(few.at(-1)).toEqual(many.at(-1));
    expect(few).toContainEqual([5003, 999]);
    expect(few).toContainEqual([5007, -999]);
    expect(few.map((each) => each[0])).toEqual(few.map((each) => each[0]).toSorted((a, b) => a - b));
  });

  it("is left alone when there are few", () => expect(thinned(points, [0, 40], 100)).toBe(points));
});

describe("names at the lines' ends", () => {
  it.each([
    [[10, 50], [10, 50]],
    [[10, 12, 11], [10, 40, 25]],
    [[200, 199, 198], [200, 185, 170]],
    [[], []],
  ])("%s are spread to %s", (heights, places) => expect(spread(heights, 15, 200)).toEqual(places)); // prettier-ignore
});

it.each([
  [13, 4, [0, 4, 8, 12]],
  [3, 9, [0, 1, 2]],
  [1, 0, [0]],
  [0, 4, []],
])("of %s labels at most %s, the last among them", (count, most, kept) => expect([...everySo(count, most)]).toEqual(kept));

it("asks soon while nothing is remembered, then less and less", () => {
  expect([1, 2, 3, 4].map((answers) => askedEvery(undefined, answers))).toEqual([4_000, 8_000, 16_000, 32_000]);
  expect(askedEvery(undefined, 40)).toBe(askedEvery("2026-08-24T00:00:00Z", 1));
});
