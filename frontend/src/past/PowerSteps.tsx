import { useId } from "react";
import { messages } from "./messages";
import { laidOut, type Point, WIDTH, HEIGHT, FLOOR } from "./steps";
import { day } from "./words";

interface Props {
  /** When, and what it was from then on; oldest first, one at least. */
  points: readonly Point[];
  /** Until when the last one holds. Milliseconds. */
  until: number;
  /** The moment that is looked at, where that is not now. */
  at?: number;
  now: number;
}

/** Power over time, as steps: each value holds until the next. */
export function PowerSteps({ points, until, at, now }: Props) {
  const title = useId();
  const { line, area, dots, x } = laidOut(points, until);
  const first = points[0]!;
  const last = points.at(-1)!;
  const [from, to] = [day(first[0], now), day(until, now)];
  const sentence =
    points.length === 1
      ? messages.powerFlat(String(first[1]), from)
      : messages.powerSentence(String(first[1]), from, String(last[1]), to, points.length - 1);
  return (
    <svg className="chart lsteps" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-labelledby={title}>
      <title id={title}>{sentence}</title>
      <path className="ls-floor" d={`M8 ${FLOOR}H${WIDTH - 8}`} />
      <path className="ls-area" d={area} />
      <path className="ls-line" d={line} />
      {at !== undefined && at >= first[0] && at <= until && <path className="ls-at" d={`M${x(at).toFixed(1)} 8V${FLOOR}`} />}
      {dots.map((dot) => (
        <g key={dot.x}>
          <circle cx={dot.x} cy={dot.y} r="3.5" />
          {dot.label && (
            <text x={dot.x} y={dot.y - 9} textAnchor={dot.anchor}>
              {dot.label}
            </text>
          )}
        </g>
      ))}
      <text x="8" y={HEIGHT - 4}>
        {from}
      </text>
      {from !== to && (
        <text x={WIDTH - 8} y={HEIGHT - 4} textAnchor="end">
          {to}
        </text>
      )}
    </svg>
  );
}
