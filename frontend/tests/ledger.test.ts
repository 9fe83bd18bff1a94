import { describe, expect, it } from "vitest";
import { bookAddress } from "../src/ledger/asking";
import type { Book, Entry } from "../src/ledger/wire";
import { amountOf, asField, asMoment, balanceOf, flowsOf, short, signed, sumOf, typedAmount, whenOf } from "../src/ledger/words";

const NOW = Date.parse("2026-11-22T12:00:00Z");
const period = (earned: number, spent: number) => ({ earned, spent, entries: 2 });
const book = (more: Partial<Book> = {}): Book => ({
  ledger: { id: 1, name: "Glimmer", unit: "", kind: "currency", balance: 3 },
  year: 2026,
  years: [2025, 2026],
  quarters: [1, 2, 3, 4].map((quarter) => ({ quarter, ...period(quarter * 10, quarter) })),
  months: Array.from({ length: 12 }, (_, index) => ({ month: index + 1, ...period(index, 0) })),
  weeks: [{ from: "2025-12-29T00:00:00Z", ...period(1, 2) }, { from: "2026-11-16T00:00:00Z", ...period(3, 4) }],
  balance: [],
  opening: 0,
  closing: 0,
  ...more,
}); // prettier-ignore

describe("an amount", () => {
  it.each([
    [1204300, "1,204,300", "+1,204,300", "1.2M"],
    [-300, "−300", "−300", "−300"],
    [0, "0", "0", "0"],
  ])("%d", (amount, plain, withSign, onAxis) =>
    expect([amountOf(amount), signed(amount), short(amount)]).toEqual([plain, withSign, onAxis]),
  );

  it.each<[string, number]>([
    ["1200", 1200],
    [" 1,200 ", 1200],
    ["1\u202f200", 1200],
    ["1'200", 1200],
    ["", NaN],
    ["1.5", NaN],
    ["-3", NaN],
    ["1e3", NaN],
    ["many", NaN],
    ["9".repeat(16), NaN],
  ])("typed as %j", (text, amount) => expect(typedAmount(text)).toBe(amount));
});

describe("the stretches of a year", () => {
  it("are four quarters, of which this one is open", () =>
    expect(flowsOf(book(), "quarters", NOW)).toEqual([
      { label: "Q1", earned: 10, spent: 1, open: false },
      { label: "Q2", earned: 20, spent: 2, open: false },
      { label: "Q3", earned: 30, spent: 3, open: false },
      { label: "Q4", earned: 40, spent: 4, open: true },
    ]));

  it("are twelve months", () => {
    const months = flowsOf(book(), "months", NOW);
    expect(months.map((each) => each.label).join(" ")).toBe("Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec");
    expect(months.filter((each) => each.open).map((each) => each.label)).toEqual(["Nov"]);
  });

  it("are weeks by their Monday, the first one in the year before", () =>
    expect(flowsOf(book(), "weeks", NOW).map(({ label, open }) => [label, open])).toEqual([
      ["29 Dec", false],
      ["16 Nov", true],
    ]));

  it("are added up", () => expect(sumOf(flowsOf(book(), "quarters", NOW), "earned")).toBe(100));
});

describe("a balance line", () => {
  const START = Date.UTC(2026, 0, 1);
  it("begins where it is first known", () =>
    expect(balanceOf(book({ years: [2026], balance: [["2026-09-01T10:00:00Z", 7]] }))).toEqual([[Date.UTC(2026, 8, 1, 10), 7]]));

  it("carries what was there before the year", () =>
    expect(balanceOf(book({ opening: 5, balance: [["2026-09-01T10:00:00Z", 7]] }))).toEqual([
      [START, 5],
      [Date.UTC(2026, 8, 1, 10), 7],
    ]));

  it("is not told twice where it begins with the year", () =>
    expect(balanceOf(book({ opening: 5, balance: [["2026-01-01T00:00:00Z", 5]] }))).toEqual([[START, 5]]));

  it("is none where nothing is known", () => expect(balanceOf(book({ years: [2026] }))).toEqual([]));
});

describe("when an entry was", () => {
  const entry = (at: string, since?: string): Pick<Entry, "at" | "since"> => ({ at, since });
  const local = (text: string) => new Date(text).toISOString();
  it.each([
    [entry(local("2026-11-19T22:40")), "19 Nov 22:40"],
    [entry(local("2026-11-19T19:30"), local("2026-11-19T14:05")), "19 Nov, between 14:05 and 19:30"],
    [entry(local("2026-11-19T02:00"), local("2026-11-18T23:00")), "Between 18 Nov 23:00 and 19 Nov 02:00"],
  ])("%j", (given, words) => expect(whenOf(given)).toBe(words));

  it("goes into a field and comes out of it the same", () => {
    const then = new Date("2026-03-04T05:06").getTime();
    expect(asField(then)).toBe("2026-03-04T05:06");
    expect(asMoment(asField(then))).toBe(new Date(then).toISOString());
    expect(asMoment("")).toBe("");
  });
});

describe("the two charts", () => {
  it("ask by addresses of their own, so that neither takes the other along", () =>
    expect(bookAddress(1, 2026, "flow")).not.toBe(bookAddress(1, 2026, "balance")));
});
