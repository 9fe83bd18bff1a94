import { describe, expect, it } from "vitest";
import { addressOf, differenceOf } from "../src/timeline/addresses";
import { eventsAddress } from "../src/timeline/asking";
import { cut, daysOf } from "../src/timeline/days";
import { firstDay } from "../src/timeline/ranges";
import type { EventPage, HistoryEvent } from "../src/timeline/types";
import { momentOf, span, stretch } from "../src/timeline/words";

const NOW = Date.parse("2026-11-22T14:32:00Z");
const event = (id: string, at: string): HistoryEvent => ({
  id, at, kind: "moved", group: "moved", name: "Sable Verdict", tier: "legendary", item_kind: "hand_cannon", icon: "", by: "game",
  before: {} as never, after: {} as never, sentence: "Sable Verdict moved",
}); // prettier-ignore
const page = (events: HistoryEvent[], gaps: EventPage["gaps"] = []): EventPage => ({ events, gaps });

describe("days", () => {
  it("are headed as people say them, the newest first", () => {
    const days = daysOf([page([event("2-0", "2026-11-22T12:00:00Z")]), page([event("1-0", "2026-11-19T12:00:00Z")])], NOW);
    expect(days.map((day) => day.title)).toEqual(["Today, Sunday 22 November", "Thursday 19 November"]);
  });

  it("have each gap once, below what was seen at its end", () => {
    const gap = { since: "2026-11-22T09:00:00Z", until: "2026-11-22T12:00:00Z" };
    const pages = [
      page([event("3-0", gap.until), event("3-1", gap.until)], [gap]),
      page([event("2-0", "2026-11-22T08:00:00Z")], [gap]),
    ];
    const [today] = daysOf(pages, NOW);
    expect(today!.entries.map((entry) => entry.event?.id ?? "gap")).toEqual(["3-0", "3-1", "gap", "2-0"]);
  });
});

it.each([
  ["Sable Verdict moved to the vault", "Sable Verdict", ["", "Sable Verdict", " moved to the vault"]],
  ["4 Sable Verdict are gone", "Sable Verdict", ["4 ", "Sable Verdict", " are gone"]],
  ["Loadout 3 of Brannoch saved", "", ["Loadout 3 of Brannoch saved", "", ""]],
  ["A shortened na…", "A shortened name", ["A shortened na…", "", ""]],
])("%s has its name cut out", (sentence, name, parts) => expect(cut(sentence, name)).toEqual(parts));

describe("words", () => {
  it.each([
    [0.01, "1 min"],
    [0.5, "30 min"],
    [5.4, "5 h"],
    [24, "1 d"],
    [51, "2 d 3 h"],
    [500, "21 d"],
  ])("%s hours are %s", (hours, words) => expect(span(hours)).toBe(words));

  it.each([
    [0, 1, "under 1 h"],
    [12, 24, "12 h to 1 d"],
    [168, undefined, "over 7 d"],
  ])("from %s to %s hours", (from, to, words) => expect(stretch(from, to)).toBe(words));

  it("name the day only where it is another", () => {
    expect(momentOf("2026-11-22T12:05:00Z", "2026-11-22T13:00:00Z")).toMatch(/^\d\d:05$/);
    expect(momentOf("2026-11-20T12:05:00Z", "2026-11-22T13:00:00Z")).toMatch(/^20 Nov, \d\d:05$/);
  });
});

describe("addresses", () => {
  it("lead to the vault while it is owned", () => {
    expect(addressOf("6917529", true)).toBe("/vault/items/6917529");
    expect(addressOf("6917529", false)).toBe("/timeline/items/6917529");
  });

  it("carry only what is asked", () => {
    expect(eventsAddress({ group: "gone", q: "a&b", since: undefined }, 50)).toBe("/events?group=gone&q=a%26b&limit=50");
    expect(differenceOf("2026-11-15T20:00:00Z")).toBe("/timeline/difference?from=2026-11-15T20%3A00%3A00Z");
  });

  it("begin on a day", () => {
    expect(firstDay("7d", NOW)).toBe("2026-11-15");
    expect(firstDay("all", NOW)).toBeUndefined();
  });
});
