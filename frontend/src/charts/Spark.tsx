import type { Point, Span } from "./scale";

interface Props {
  points: readonly Point[];
  span: Span;
  /** The top of it. */
  most: number;
  colour: string;
}

const [WIDTH, HEIGHT] = [100, 20];

/** A line without axes, beside its number: a glance, not a reading. Its words stand beside it. */
export function Spark({ points, span: [from, to], most, colour }: Props) {
  const x = (time: number) => (to > from ? Math.max(0, (WIDTH * (time - from)) / (to - from)) : 0).toFixed(1);
  const y = (value: number) => (HEIGHT * (1 - Math.min(1, value / (most || 1)))).toFixed(1);
  const [first] = points;
  if (!first) return null;
  const line = `M${x(first[0])} ${y(first[1])}${points.slice(1).map(([time, value]) => `H${x(time)}V${y(value)}`).join("")}H${WIDTH}`;
  return (
    <svg className="spark" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <path d={`${line}V${HEIGHT}H${x(first[0])}Z`} style={{ fill: colour }} fillOpacity="0.16" />
      <path d={line} fill="none" style={{ stroke: colour }} vectorEffect="non-scaling-stroke" strokeWidth="1.5" />
    </svg>
  );
} // prettier-ignore
