import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Problem } from "../src/api/client";
import { eventReader, listen } from "../src/board/events";
import { Following, type How, type Means } from "../src/board/following";
import { changeOf, saidOf } from "../src/board/said";
import { standingOf } from "../src/board/standing";
import { BoardStore } from "../src/board/store";
import { grown, joined, pieces, rangeOf, SPAN, stretches, traceOf, type Trace } from "../src/board/trace";
import type { Board, Input, Readings } from "../src/board/wire";
import { aboutOf, ageOf, chartSaid, crossedWords, crossingSaid, digitsOf, levelsOf, nameOf, plain } from "../src/board/words";
import { NOW } from "./world";

const iso = (at: number) => new Date(at).toISOString();
const input = (more: Partial<Input> = {}): Input => ({ channel: 0, raw: 163, volts: 0.199, at: iso(NOW), ...more });
const board = (more: Partial<Board> = {}): Board => ({
  source: "simulated",
  name: "Simulated board",
  bits: 12,
  reference: 5,
  rate: 10,
  state: "live",
  since: iso(NOW - 60_000),
  may_change: true,
  inputs: [input(), input({ channel: 1 })],
  ...more,
});
const readings = (at: number, volts: number, more: Partial<Readings["inputs"][number]> = {}): Readings => ({
  at: iso(at),
  inputs: [{ channel: 0, raw: 1, volts, ...more }],
});

describe("what an input was at", () => {
  const line = (...values: readonly (readonly [number, number])[]) =>
    values.reduce<Trace>((trace, [seconds, volts]) => grown(trace, NOW + seconds * 1000, volts), []);

  it("keeps one point for each second, which knows how far the values went", () => {
    expect(line([0, 1], [0.3, 3], [0.6, 2], [1, 2.5])).toEqual([
      { at: NOW + 600, volts: 2, low: 1, high: 3 },
      { at: NOW + 1000, volts: 2.5, low: 2.5, high: 2.5 },
    ]);
  });

  it("forgets what has left the picture, and what comes late", () => {
    const old = line([0, 1], [1, 1]);
    expect(grown(old, NOW + SPAN + 60_000, 2)).toHaveLength(1);
    expect(grown(old, NOW - 5000, 9)).toBe(old);
  });

  it("is interrupted where nothing was read", () => {
    const trace = traceOf([[-9, 1], [-8, 1.5], [-7, null], [-6, null], [-5, null], [-4, 2], [-3, 2]], NOW); // prettier-ignore
    expect(pieces(trace, NOW).map((piece) => piece.map((each) => each.volts))).toEqual([[1, 1.5], [2, 2]]); // prettier-ignore
    expect(rangeOf(trace, NOW)).toEqual([1, 2]);
    expect(rangeOf(trace, NOW + SPAN)).toBeUndefined();
  });

  it("takes from the server what was missed, and keeps its own finer memory", () => {
    const ours = line([-20, 1], [-19, 3], [-2, 2]);
    const theirs = traceOf([[-20, 1], [-10, 7], [-2, 9]], NOW); // prettier-ignore
    expect(joined(theirs, ours).map((each) => each.volts)).toEqual([1, 3, 7, 2]);
  });

  it("stands in a table in whole stretches, the newest first", () => {
    const start = Math.ceil(NOW / 10_000) * 10_000;
    const trace: Trace = [0, 4, 9, 10, 15, 21].map((second) => ({ at: start + second * 1000, volts: second, low: second, high: second + 0.5 })); // prettier-ignore
    expect(stretches(trace, start + 22_000, 10_000)).toEqual([
      { to: start + 20_000, low: 10, high: 15.5, last: 15 },
      { to: start + 10_000, low: 0, high: 9.5, last: 9 },
    ]);
  });
});

describe("the board in words", () => {
  it.each([
    [5, 12, 3],
    [3.3, 10, 3],
    [5, 8, 2],
    [3.3, 16, 4],
    [5, 1, 1],
  ])("%d V in %d bits has %d digits", (reference, bits, digits) => expect(digitsOf({ reference, bits })).toBe(digits));

  it("says what it is", () => {
    expect(aboutOf(board())).toBe("Simulated board: 2 inputs of 12 bits, 0 to 5 V, read 10 times a second");
    expect(aboutOf(board({ inputs: [input()], rate: 1, reference: 3.3 }))).toMatch(
      /: 1 input of .*0 to 3.3 V, read once a second$/,
    );
    expect([nameOf(input()), nameOf(input({ name: "Room" }))]).toEqual(["Input 0", "Room"]);
    expect(ageOf(input({ at: iso(NOW - 12_000) }), NOW)).toBe("Last read 12 s ago");
    expect(ageOf(input({ at: undefined }), NOW)).toBe("No value yet");
    expect([2, 0.1 + 0.2, 1.23456].map(plain)).toEqual(["2", "0.3", "1.2346"]);
  });

  it("names the levels, and the one that is passed", () => {
    const level = { above: 3, below: 1, hysteresis: 0.1, on: true };
    expect(levelsOf(level)).toEqual(["above 3 V", "below 1 V"]);
    expect(crossedWords(input({ level }))).toBeUndefined();
    expect(crossedWords(input({ level: { ...level, crossed: "above" } }))).toBe("Above 3 V");
    expect(crossingSaid(input({ level: { ...level, crossed: "below" }, name: "Room" }))).toBe("Room is below 1 V.");
    expect(crossingSaid(input({ level }))).toBe("Input 0 is back within its levels.");
  });

  it("tells a chart in a sentence", () => {
    const trace = traceOf([[-30, 1], [-29, 2], [-2, 1.5]], NOW); // prettier-ignore
    expect(chartSaid("Room", trace, NOW, 2, true)).toBe(
      "Room in the last two minutes: from 1.00 to 2.00 V, now 1.50 V, with one interruption",
    );
    expect(chartSaid("Room", trace, NOW, 1, false)).toBe(
      "Room in the last two minutes: from 1.0 to 2.0 V, with one interruption",
    );
    expect(chartSaid("Room", [], NOW, 2, true)).toBe("Room in the last two minutes: nothing was read");
  });
});

describe("what is typed of an input", () => {
  const said = (more: object) => ({ ...saidOf(input()), ...more });

  it("begins with what is set", () => {
    const level = { above: 3, hysteresis: 0.25, on: false };
    expect(saidOf(input({ name: "Room", level }))).toEqual({
      name: "Room",
      above: "3",
      below: "",
      hysteresis: "0.25",
      on: false,
    });
    expect(saidOf(input())).toMatchObject({ name: "", hysteresis: "0.1", on: true });
  });

  it.each([
    [{ name: " Room " }, { name: "Room", level: null }],
    [{ above: "3,5" }, { name: "", level: { above: 3.5, below: undefined, hysteresis: 0.1, on: true } }],
    [
      { above: "3", below: ".5", hysteresis: "" },
      { name: "", level: { above: 3, below: 0.5, hysteresis: 0.1, on: true } },
    ],
  ])("%o becomes %o", (more, change) => expect(changeOf(said(more), board())).toEqual({ change }));

  it.each([
    [{ above: "warm" }, "above"],
    [{ above: "1e1" }, "above"],
    [{ above: "9" }, "above"],
    [{ below: "5.1" }, "below"],
    [{ hysteresis: "0" }, "hysteresis"],
    [{ above: "1", below: "2" }, "above"],
    [{ above: "2", below: "1.95" }, "above"],
  ])("%o is wrong at %s", (more, field) => {
    const found = changeOf(said(more), board());
    expect(Object.keys("flaws" in found ? found.flaws : {})).toEqual([field]);
  });
});

describe("an event stream", () => {
  it.each([1, 3, 1000])("is read in pieces of %d characters", (size) => {
    const text = ': hello\n\nretry: 5\n\nid: 1\nevent: board\ndata: {"a":1}\n\nevent: x\ndata: garbled\n\nevent: readings\ndata: {"b":\ndata: 2}\n\n'; // prettier-ignore
    const heard: unknown[] = [];
    const read = eventReader((name, data) => heard.push([name, data]));
    for (let at = 0; at < text.length; at += size) read(text.slice(at, at + size));
    expect(heard).toEqual([
      ["board", { a: 1 }],
      ["readings", { b: 2 }],
    ]);
  });

  it("that is refused says why, and for how long", async () => {
    const body = JSON.stringify({ code: "busy", detail: "Four others watch." });
    vi.stubGlobal("fetch", async () => new Response(body, { status: 503, headers: { "Retry-After": "7" } }));
    const refused = await listen("/stream", () => {}, new AbortController().signal, 1000).catch((error: unknown) => error);
    vi.unstubAllGlobals();
    expect(refused).toMatchObject({ status: 503, retryAfter: 7, message: "Four others watch." });
  });
});

describe("following the board", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());
  const later = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

  function followed(more: { look?: Means["look"]; listen?: Means["listen"] } = {}) {
    const hows: How[] = [];
    const means = {
      look: vi.fn(more.look ?? (async () => ({ board: board(), at: NOW }))),
      listen: vi.fn(more.listen ?? (() => new Promise<void>(() => {}))),
      take: vi.fn(),
      hear: vi.fn(),
      become: (how: How) => void hows.push(how),
    };
    return { ...means, hows, following: new Following(means) };
  }

  it("looks once, with the history, and then listens", async () => {
    const { following, look, listen, take, hear, hows } = followed();
    following.start();
    following.start();
    await later(60_000);
    expect([look.mock.calls.length, listen.mock.calls.length]).toEqual([1, 1]);
    expect(take).toHaveBeenCalledWith(board(), NOW);
    const say = listen.mock.calls[0]![0];
    say("board", board({ state: "missing" }));
    say("readings", readings(NOW, 1));
    expect(take).toHaveBeenLastCalledWith(board({ state: "missing" }));
    expect(hear).toHaveBeenCalledWith(readings(NOW, 1));
    expect(hows.at(-1)).toEqual({ kind: "listening" });
    following.stop();
    say("readings", readings(NOW, 2));
    expect(hear).toHaveBeenCalledTimes(1);
  });

  it("looks each time that a place may be free while others hold all of them", async () => {
    const full = new Problem("busy", "Four others watch.", 503, undefined, 7);
    const { following, look, listen, hows } = followed({ listen: () => Promise.reject(full) });
    following.start();
    await later(0);
    expect(hows).toEqual([{ kind: "full", problem: full, every: 7000 }]);
    await later(21_000);
    expect([look.mock.calls.length, listen.mock.calls.length]).toEqual([4, 4]);
    following.stop();
    await later(60_000);
    expect(look).toHaveBeenCalledTimes(4);
  });

  it("tries again, ever more slowly, while nothing answers", async () => {
    const silent = new Problem("no-answer", "It does not answer.");
    const { following, look, hows } = followed({ look: () => Promise.reject(silent) });
    following.start();
    await later(0);
    expect(hows).toEqual([{ kind: "lost", problem: silent }]);
    await later(8_100);
    expect(look).toHaveBeenCalledTimes(4);
    await later(14_000);
    expect(look).toHaveBeenCalledTimes(4);
    following.stop();
  });

  it.each([401, 403, 404])("asks no more after %d", async (status) => {
    const { following, look } = followed({ look: () => Promise.reject(new Problem("no", "No.", status)) });
    following.start();
    await later(600_000);
    expect(look).toHaveBeenCalledTimes(1);
    following.start();
    await later(0);
    expect(look).toHaveBeenCalledTimes(2);
  });
});

describe("what the page knows of the board", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  function known() {
    const store = new BoardStore();
    const tell = vi.fn();
    store.take(board(), NOW);
    store.follow({ kind: "listening" });
    store.subscribe(tell);
    return { store, tell };
  }

  it("shows a number that moves at most five times a second, and the newest of it", () => {
    const { store, tell } = known();
    for (let step = 1; step <= 10; step++) {
      store.hear(readings(NOW + step * 100, step / 10));
      vi.advanceTimersByTime(100);
    }
    vi.advanceTimersByTime(200);
    expect(tell.mock.calls.length).toBeLessThanOrEqual(6);
    const [first, second] = store.current().board!.inputs;
    expect(first).toMatchObject({ volts: 1, at: iso(NOW + 1000) });
    expect(second).toEqual(input({ channel: 1 }));
    expect(store.current().now).toBe(NOW + 1000);
  });

  it("shows at once that a level was passed, and that it is no longer", () => {
    const { store, tell } = known();
    const level = { above: 3, hysteresis: 0.1, on: true };
    store.change(input({ level, name: "Room" }));
    tell.mockClear();
    store.hear(readings(NOW + 100, 4, { crossed: "above" }));
    expect(tell).toHaveBeenCalledTimes(1);
    expect(store.current().board!.inputs[0]).toMatchObject({ name: "Room", level: { crossed: "above" } });
    store.hear(readings(NOW + 200, 1));
    expect(store.current().board!.inputs[0]!.level).toEqual({ ...level, crossed: undefined });
    store.change({ ...input({ channel: 0 }) });
    expect(store.current().board!.inputs[0]).toMatchObject({ name: undefined, level: undefined });
  });

  it("keeps the last values while the board is away, and counts on", () => {
    const { store } = known();
    store.start();
    store.take(board({ state: "missing", inputs: [input()] }));
    vi.advanceTimersByTime(5_000);
    expect(store.current().now).toBeGreaterThanOrEqual(NOW + 4_000);
    expect(store.current().board!.inputs[0]!.volts).toBe(0.199);
    store.stop();
  });

  it.each([
    [{}, true, "live"],
    [{}, false, "offline"],
    [{ board: undefined }, true, "beginning"],
    [{ board: board({ state: "stuck" }) }, true, "stuck"],
    [{ how: { kind: "full", problem: new Problem("busy", ""), every: 1 } as How }, true, "full"],
    [{ how: { kind: "full", problem: new Problem("busy", ""), every: 1 } as How, board: board({ state: "missing" }) }, true, "missing"],
    [{ how: { kind: "lost", problem: new Problem("no-answer", "") } as How }, true, "lost"],
  ])("is %#", (more, online, standing) => {
    expect(standingOf({ board: board(), how: { kind: "listening" }, ...more }, online)).toBe(standing);
  });
}); // prettier-ignore
