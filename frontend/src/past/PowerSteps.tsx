import { useId, useRef } from "react";
import { useWidth } from "../charts/useWidth";
import { messages } from "./messages";
import { FLOOR, HEIGHT, laidOut, type Point } from "./steps";
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

/** Power over time, as steps: each value holds until the next. As wide as there is room. */
export function PowerSteps(props: Props) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  return (
    <div className="lsteps" ref={box}>
      {width > 0 && <Drawing {...props} width={width} />}
    </div>
  );
}

function Drawing({ points, until, at, now, width }: Props & { width: number }) {
  const title = useId();
  const { line, area, dots, x } = laidOut(points, until, width);
  const first = points[0]!;
  const last = points.at(-1)!;
  const [from, to] = [day(first[0], now), day(until, now)];
  const sentence =
    points.length === 1
      ? messages.powerFlat(String(first[1]), from)
      : messages.powerSentence(String(first[1]), from, String(last[1]), to, points.length - 1);
  return (
    <svg width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-labelledby={title}>
      <title id={title}>{sentence}</title>
      <path className="ls-floor" d={`M8 ${FLOOR}H${width - 8}`} />
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
        <text x={width - 8} y={HEIGHT - 4} textAnchor="end">
          {to}
        </text>
      )}
    </svg>
  );
}
