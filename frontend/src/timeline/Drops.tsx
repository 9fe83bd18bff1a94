import { BarChart } from "../charts/BarChart";
import type { Face } from "../charts/face";
import type { DropsChart, DropTier } from "./answers";
import { messages } from "./messages";
import { span, stretch } from "./words";

const COLOURS = { exotic: "var(--vr-exotic)", legendary: "var(--vr-legendary)" };
const HEIGHT = 104;
const timed = (tier: DropTier) => tier.median_hours !== undefined;

function Drawing({ data }: { data: DropsChart }) {
  return data.tiers.filter(timed).map((tier) => <Tier key={tier.tier} tier={tier} data={data} />);
}

function Tier({ tier, data }: { tier: DropTier; data: DropsChart }) {
  const last = tier.since_last_hours === undefined ? [] : [messages.lastAgo(span(tier.since_last_hours))];
  const longest = tier.longest_hours === undefined ? [] : [messages.longest(span(tier.longest_hours))];
  const counted = messages.dropCount(tier.count);
  const facts = [counted, messages.median(span(tier.median_hours!)), ...longest, ...last].join(", ");
  const title = `${messages.drops}, ${messages.tiers[tier.tier]}`;
  return (
    <div className="cc-half">
      <p className="t-12 t-2 mb-0">
        <i className="cc-key" style={{ background: COLOURS[tier.tier] }} />
        <b className="t-b">{messages.tiers[tier.tier]}</b> {[counted, ...last].join(", ")}
      </p>
      <BarChart
        title={title}
        say={messages.saying(title, messages.over[data.range], facts)}
        bars={tier.buckets.map((bucket) => ({
          key: String(bucket.from_hours),
          title: stretch(bucket.from_hours, bucket.to_hours),
          tick: bucket.to_hours === undefined ? `${span(bucket.from_hours)}+` : bucket.from_hours ? span(bucket.from_hours) : `<${span(bucket.to_hours)}`,
          up: [bucket.count],
        }))}
        up={[{ key: tier.tier, name: messages.howOften, colour: COLOURS[tier.tier] }]}
        height={HEIGHT}
      />
    </div>
  ); // prettier-ignore
}

function head(data: DropsChart) {
  const [first] = data.tiers.filter(timed);
  return { value: first ? span(first.median_hours!) : "", sub: first && messages.usually[first.tier] };
}

export const DROPS: Face<DropsChart> = {
  title: messages.drops,
  head,
  isEmpty: (data) => !data.tiers.some(timed),
  empty: messages.noDrops,
  Drawing,
  asOf: (data) => data.as_of,
  table: (data) => ({
    columns: [{ title: messages.rarity }, { title: messages.apart }, { title: messages.howOften, number: true }],
    rows: data.tiers.flatMap((tier) =>
      tier.buckets.map((bucket) => [messages.tiers[tier.tier], stretch(bucket.from_hours, bucket.to_hours), messages.number(bucket.count)]),
    ),
  }),
}; // prettier-ignore
