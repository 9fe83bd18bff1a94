import type { Face } from "../charts/face";
import { LineChart } from "../charts/LineChart";
import { Spark } from "../charts/Spark";
import { lastOf, pointsOf, type FillChart } from "./answers";
import { messages } from "./messages";
import { dayOf, stampOf } from "./words";

const HEIGHT = 158;
const ACCENT = "var(--vr-accent)";
/** Of the slots: from here on it is told as a warning. */
const NEARLY = 0.95;
const CROWDED = 16;

function Drawing({ data }: { data: FillChart }) {
  const { vault, postmasters, full_about: full } = data;
  const used = lastOf(vault.points) ?? 0;
  const rest = [
    `${messages.number(vault.points[0]?.[1] ?? 0)} to ${messages.outOf(used, vault.capacity)}`,
    ...(full ? [messages.fullAbout(dayOf(full))] : []),
    ...postmasters.map(
      (each) => `${messages.postmasterOf(each.name)} ${messages.outOf(lastOf(each.points) ?? 0, each.capacity)}`,
    ),
  ].join(", ");
  return (
    <>
      <LineChart
        title={messages.fill}
        say={messages.saying(messages.fill, messages.over[data.range], rest)}
        lines={[{ key: "vault", name: "", colour: ACCENT, area: true, points: pointsOf(vault.points) }]}
        from={Date.parse(data.from)}
        to={Date.parse(data.to)}
        height={postmasters.length ? HEIGHT : undefined}
        limit={vault.capacity > 0 ? { value: vault.capacity, label: messages.fullAt(vault.capacity) } : undefined}
        forecast={full ? { time: Date.parse(full), value: vault.capacity } : undefined}
      />
      {postmasters.length > 0 && (
        <div className="cc-small">
          <span className="t-12 t-3">{messages.postmasters}</span>
          <ul>
            {postmasters.map((each) => {
              const now = lastOf(each.points) ?? 0;
              return (
                <li key={each.character}>
                  <Spark
                    points={pointsOf(each.points)}
                    span={[Date.parse(data.from), Date.parse(data.to)]}
                    most={each.capacity}
                    colour={now >= CROWDED ? "var(--vr-warn)" : "var(--vr-text-3)"}
                  />
                  <span className="clip">{each.name}</span>
                  <b className={now >= CROWDED ? "t-warn" : undefined}>{messages.outOf(now, each.capacity)}</b>
                </li>
              );
            })}
          </ul>
        </div>
      )}
    </>
  );
}

function head(data: FillChart) {
  const used = lastOf(data.vault.points) ?? 0;
  const { capacity } = data.vault;
  const full = capacity > 0 && used >= capacity ? messages.full : data.full_about && messages.fullAbout(dayOf(data.full_about));
  return {
    value: messages.number(used),
    sub: (
      <>
        {capacity > 0 && messages.of(capacity)}
        {full && ", "}
        {full && <span className={used >= capacity * NEARLY || data.full_about ? "t-warn" : undefined}>{full}</span>}
      </>
    ),
  };
}

export const FILL: Face<FillChart> = {
  title: messages.fill,
  head,
  isEmpty: (data) => !data.vault.points.length,
  empty: messages.noFill,
  Drawing,
  asOf: (data) => data.as_of,
  table: ({ vault, postmasters }) => ({
    columns: [{ title: messages.when }, { title: messages.where }, { title: messages.slots, number: true }],
    rows: [{ name: messages.vault, points: vault.points }, ...postmasters.map((each) => ({ ...each, name: messages.postmasterOf(each.name) }))]
      .flatMap((each) => each.points.map(([time, value]) => ({ time, row: [stampOf(time), each.name, messages.number(value)] })))
      .toSorted((one, other) => Date.parse(other.time) - Date.parse(one.time))
      .map((each) => each.row),
  }),
}; // prettier-ignore
