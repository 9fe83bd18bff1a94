import { memo, useRef } from "react";
import { useWidth } from "../charts/useWidth";
import { messages } from "./messages";
import { pieces, SPAN, type Point, type Trace } from "./trace";
import type { Level } from "./wire";
import { plain } from "./words";

interface Props {
  /** The whole of it in a sentence. */
  say: string;
  trace: Trace;
  now: number;
  reference?: number;
  level?: Level;
}

const HEIGHT = 116;
const [TOP, RIGHT, FOOT] = [8, 6, 20];
const LETTER = 6.4;
const DOT = 3.5;
/** Milliseconds: it moves a few pixels a second, so drawing it for each number is work that nobody sees. */
const STEP = 500;

/** The last two minutes: a line of the values, around it how far they went within each second, dashed the levels. */
export const Plot = memo(function Plot({ say, trace, now, reference, level }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const drawn = pieces(trace, now);
  const all = drawn.flat();
  const low = Math.min(0, ...all.map((each) => each.low));
  const high = Math.max(reference ?? 0, ...all.map((each) => each.high)) || 1;
  const marks = [low, (low + high) / 2, high].map((value) => plain(Number(value.toFixed(2))));
  const left = Math.ceil(Math.max(...marks.map((mark) => mark.length)) * LETTER) + 10;
  const right = width - RIGHT;
  const x = (at: number) => left + (right - left) * (1 - (now - at) / SPAN);
  const y = (value: number) => TOP + (HEIGHT - TOP - FOOT) * (1 - (value - low) / (high - low));
  const last = drawn.at(-1)?.at(-1);
  return (
    <div className="b-plot" ref={box} style={{ height: HEIGHT }}>
      {width > 0 && (
        <svg width={width} height={HEIGHT} role="img" aria-label={say}>
          {marks.map((mark, index) => {
            const height = y(low + ((high - low) * index) / 2);
            return (
              <g key={index}>
                <path className="b-grid-line" d={`M${left} ${height}H${right}`} />
                <text x={left - 6} y={height + 4} textAnchor="end">
                  {mark}
                </text>
              </g>
            );
          })}
          <text x={left} y={HEIGHT - 5}>
            {messages.ago}
          </text>
          <text x={right} y={HEIGHT - 5} textAnchor="end">
            {messages.now}
          </text>
          {[level?.above, level?.below].map(
            (value, index) =>
              value !== undefined && (
                <g key={index} className={`b-level ${level!.on ? "" : "is-off"}`}>
                  <path d={`M${left} ${y(value)}H${right}`} />
                  <text x={left + 4} y={y(value) - 4}>
                    {messages.volts(plain(value))}
                  </text>
                </g>
              ),
          )}
          {drawn.map((piece) => (
            <g key={piece[0]!.at}>
              <path className="b-reach" d={reach(piece, x, y)} />
              <path className="b-line" d={line(piece, x, y)} />
            </g>
          ))}
          {last && <circle className="b-dot" cx={x(last.at)} cy={y(last.volts)} r={DOT} />}
        </svg>
      )}
    </div>
  );
}, looksTheSame);

function looksTheSame(before: Props, after: Props): boolean {
  const step = ({ now }: Props) => Math.floor(now / STEP);
  const levels = ({ level }: Props) => `${level?.above} ${level?.below} ${level?.on}`;
  return step(before) === step(after) && levels(before) === levels(after) && before.reference === after.reference;
}

type Place = (value: number) => number;
const pair = (x: number, y: number) => `${x.toFixed(1)} ${y.toFixed(1)}`;

function line(piece: readonly Point[], x: Place, y: Place): string {
  return `M${piece.map((each) => pair(x(each.at), y(each.volts))).join("L")}`;
}

/** Along the highest values, and back along the lowest. */
function reach(piece: readonly Point[], x: Place, y: Place): string {
  const there = piece.map((each) => pair(x(each.at), y(each.high)));
  const back = piece.toReversed().map((each) => pair(x(each.at), y(each.low)));
  return `M${[...there, ...back].join("L")}Z`;
}
