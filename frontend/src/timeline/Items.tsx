import { BarChart, type Bar, type Part } from "../charts/BarChart";
import type { Face } from "../charts/face";
import { RARITIES, type ByRarity, type ItemsChart } from "./answers";
import { messages } from "./messages";
import { weekOf, weekWithYear } from "./words";

const COLOURS = {
  other: "var(--vr-text-3)",
  rare: "var(--vr-rare)",
  legendary: "var(--vr-legendary)",
  exotic: "var(--vr-exotic)",
};
const HEIGHT = 208;
const parts = (named: (rarity: string) => string): Part[] =>
  RARITIES.map((key) => ({ key, name: named(messages.rarities[key]), colour: COLOURS[key] }));
const [UP, DOWN] = [parts(messages.cameIn), parts(messages.wentOut)];
const amounts = (by: ByRarity) => RARITIES.map((key) => by[key]);
const sum = (by: ByRarity) => amounts(by).reduce((all, each) => all + each, 0);

/** In and out of a rarity stand together: half as many lines to read. */
const toldOf = (bar: Bar) =>
  RARITIES.map((key, place) => ({
    name: messages.rarities[key],
    value: messages.inAndOut(bar.up[place] ?? 0, bar.down?.[place] ?? 0),
    colour: COLOURS[key],
  })).toReversed();

function Drawing({ data }: { data: ItemsChart }) {
  const last = data.weeks.length - 1;
  const rest = messages.saidItems(data.this_week.in, data.this_week.out);
  return (
    <>
      <BarChart
        title={messages.items}
        say={messages.saying(messages.items, messages.over[data.range], rest)}
        bars={data.weeks.map((week, index) => ({
          key: week.from,
          title: messages.weekOf(weekWithYear(week.from)),
          tick: index === last ? messages.thisWeek : weekOf(week.from),
          up: amounts(week.in),
          down: amounts(week.out),
          open: index === last,
        }))}
        up={UP}
        down={DOWN}
        height={HEIGHT}
        told={toldOf}
      />
      <ul className="cc-legend">
        {RARITIES.toReversed().map((key) => (
          <li key={key}>
            <i style={{ background: COLOURS[key] }} />
            {messages.rarities[key]}
          </li>
        ))}
      </ul>
    </>
  );
}

export const ITEMS: Face<ItemsChart> = {
  title: messages.items,
  head: (data) => ({ value: messages.in(data.this_week.in), sub: messages.outThisWeek(data.this_week.out) }),
  isEmpty: (data) => !data.weeks.some((week) => sum(week.in) + sum(week.out)),
  empty: messages.noItems,
  Drawing,
  asOf: (data) => data.as_of,
  table: (data) => ({
    columns: [{ title: messages.week }, ...[...UP.toReversed(), ...DOWN.toReversed()].map((part) => ({ title: part.name, number: true }))],
    rows: data.weeks.toReversed().map((week) => [weekWithYear(week.from), ...[...amounts(week.in).toReversed(), ...amounts(week.out).toReversed()].map(messages.number)]),
  }),
}; // prettier-ignore
