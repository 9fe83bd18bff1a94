import type { Face } from "../charts/face";
import { LineChart } from "../charts/LineChart";
import { lastOf, pointsOf, type PowerChart } from "./answers";
import { messages } from "./messages";
import { stampOf } from "./words";

/** As high as the vault with its postmasters, beside it. */
const HEIGHT = 236;

/** A class by its line, too: titans solid, hunters dashed, warlocks dotted. */
const LOOKS = {
  titan: { colour: "var(--vr-titan)" },
  hunter: { colour: "var(--vr-hunter)", dash: "6 3" },
  warlock: { colour: "var(--vr-warlock)", dash: "2 3" },
  unknown: { colour: "var(--vr-text-2)", dash: "10 4" },
};

const drawn = (data: PowerChart) => data.series.filter((each) => each.points.length);
const living = (data: PowerChart) => drawn(data).filter((each) => !each.until);
const strongest = (data: PowerChart) => living(data).toSorted((one, other) => lastOf(other.points)! - lastOf(one.points)!)[0];

function Drawing({ data }: { data: PowerChart }) {
  const series = drawn(data);
  const top = strongest(data);
  const rest = series.map((each) => messages.fromTo(each.name, each.points[0]![1], lastOf(each.points)!)).join(", ");
  return (
    <LineChart
      title={messages.power}
      say={messages.saying(messages.power, messages.over[data.range], rest)}
      lines={series.map((each) => ({
        key: each.character,
        name: each.name,
        points: pointsOf(each.points),
        until: each.until ? Date.parse(each.until) : undefined,
        area: each === top,
        ...LOOKS[each.class],
      }))}
      from={Date.parse(data.from)}
      to={Date.parse(data.to)}
      base="near"
      height={HEIGHT}
    />
  );
}

function head(data: PowerChart) {
  const top = strongest(data);
  const named = data.series.find((each) => each.character === data.change?.character) ?? top;
  return {
    value: top ? messages.number(lastOf(top.points)!) : "",
    sub: (
      <>
        {data.change && named && named.points.length > 1 && (
          <span className={data.change.by > 0 ? "t-accent" : undefined}>{messages.powerUp(data.change.by)}</span>
        )}{" "}
        {named && messages.on(named.name)}
      </>
    ),
  };
}

export const POWER: Face<PowerChart> = {
  title: messages.power,
  head,
  isEmpty: (data) => !drawn(data).length,
  empty: messages.noPower,
  Drawing,
  asOf: (data) => data.as_of,
  table: (data) => ({
    columns: [{ title: messages.when }, { title: messages.who }, { title: messages.power, number: true }],
    rows: data.series
      .flatMap((each) => each.points.map(([time, value]) => ({ time, row: [stampOf(time), each.name, messages.number(value)] })))
      .toSorted((one, other) => Date.parse(other.time) - Date.parse(one.time))
      .map((each) => each.row),
  }),
};
