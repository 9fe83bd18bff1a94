import { memo, useId, useMemo, useRef } from "react";
import { VictoryArea, VictoryAxis, VictoryChart, VictoryLabel, VictoryLine } from "victory";
import { ReadOut, type Reading } from "./ReadOut";
import { niceTicks, spread, thinned, timeLabel, timeTicks, valueAt, widened, type Point, type Span } from "./scale";
import { across, frameOf, GRID, HEIGHT, placeX, placeY, THEME, type Frame } from "./theme";
import { useWidth } from "./useWidth";

export interface Line {
  key: string;
  /** At its end, and in the read-out. "": a single line that needs none. */
  name: string;
  /** A CSS colour. */
  colour: string;
  /** A line's own pattern, so that it is not told by its colour alone. */
  dash?: string;
  area?: boolean;
  /** In order of time. Each value holds until the next. */
  points: readonly Point[];
  /** When it ended; without it the last value holds to the end of the span. */
  until?: number;
}

interface Props {
  title: string;
  /** The whole of it in a sentence. */
  say: string;
  lines: readonly Line[];
  from: number;
  to: number;
  /** From zero, or near the lowest value; then the axis shows that it is broken. */
  base?: "zero" | "near";
  height?: number;
  format?: (value: number) => string;
  /** A value that is not to be passed. */
  limit?: { value: number; label: string };
  /** Where the first line is heading. */
  forecast?: { time: number; value: number };
}

const TICK = 70;
const APART = 15;
/** How much of the width a forecast may take. */
const AHEAD = 0.14;
const NAME_LENGTH = 14;
/** Steps of value there are to read; a line that hardly moved is not to look like one that did. */
const [TICKS, LEAST] = [4, 1];
/** Pixels. */
const TOO_SHORT = 8;
const whole = (value: number) => value.toLocaleString("en", { maximumFractionDigits: 1 });
const moment = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});

/** Values over time, as lines that step. */
export function LineChart(props: Props) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const height = props.height ?? HEIGHT;
  return (
    <div className="cc-plot" ref={box} style={{ height }}>
      {width > 0 && <Drawn {...props} width={width} height={height} />}
    </div>
  );
}

interface Plan {
  frame: Frame;
  x: Span;
  y: Span;
  ticks: number[];
  lines: readonly Line[];
}

/** Where everything goes. */
function plan({ lines, from, to, base, limit, forecast, format = whole }: Props, width: number, height: number): Plan {
  const span = widened([from, to]);
  const ahead = forecast ? Math.min(forecast.time, span[1] + (span[1] - span[0]) * AHEAD) : span[1];
  const x: Span = [span[0], Math.max(span[1], ahead)];
  const values = lines.flatMap((line) => line.points.map((point) => point[1]));
  const high = Math.max(...values, limit?.value ?? -Infinity);
  const low = base === "near" ? Math.min(...values) : Math.min(0, ...values);
  const ticks = niceTicks(low, high === low ? low + 1 : high, TICKS, LEAST);
  const y: Span = [ticks[0]!, limit ? Math.max(ticks.at(-2)!, high * 1.08) : ticks.at(-1)!];
  const names = lines.map((line) => clipped(line.name)).filter(Boolean);
  const shown = ticks.filter((tick) => tick <= y[1]);
  const frame = frameOf(width, height, shown.map(format), names);
  return { frame, x, y, ticks: shown, lines: lines.map((line) => ({ ...line, points: held(line, span, across(frame)) })) };
}

/** Up to now: the last value holds until somebody sees another. */
function held({ points, until }: Line, span: Span, columns: number): readonly Point[] {
  const seen = thinned(points, span, columns);
  const end = until ?? span[1];
  const last = seen.at(-1);
  return last && last[0] < end ? [...seen, [end, last[1]]] : seen;
}

const clipped = (name: string) => (name.length > NAME_LENGTH ? `${name.slice(0, NAME_LENGTH - 1)}…` : name);

const Drawn = memo(function Drawn(props: Props & { width: number; height: number }) {
  const { title, say, width, height, format = whole } = props;
  // Victory gives each of its parts an id.
  const id = useId();
  const planned = useMemo(() => plan(props, width, height), [props, width, height]);
  const { frame, x, y, lines } = planned;
  const read = (time: number): Reading => ({
    title: moment.format(time),
    rows: lines.flatMap((line) => {
      const value = valueAt(line.points, time);
      return value === undefined ? [] : [{ name: line.name, value: format(value), colour: line.colour, y: placeY(frame, value, y) }];
    }),
  }); // prettier-ignore
  const stops = useMemo(() => [...new Set(lines.flatMap((line) => line.points.map((point) => point[0])))].sort((a, b) => a - b), [lines]); // prettier-ignore
  return (
    <>
      <svg className="chart" width={width} height={height} role="img" aria-label={say}>
        <Axes planned={planned} name={`${id}a`} format={format} />
        <Limit {...props} planned={planned} />
        <Lines planned={planned} name={`${id}l`} />
        <Ends planned={planned} />
        {props.forecast && <Ahead planned={planned} forecast={props.forecast} />}
      </svg>
      <ReadOut title={title} frame={frame} span={x} stops={stops} read={read} />
    </>
  );
});

interface PartProps {
  planned: Plan;
}

function Axes({
  planned: { frame, x, y, ticks },
  name,
  format,
}: PartProps & { name: string; format: (value: number) => string }) {
  const count = Math.max(2, Math.min(5, Math.floor(across(frame) / TICK)));
  const broken = y[0] > 0;
  const base = frame.height - frame.bottom;
  return (
    <>
      <VictoryChart name={name} standalone={false} theme={THEME} width={frame.width} height={frame.height} padding={frame} domain={{ x: [...x], y: [...y] }}>
        <VictoryAxis dependentAxis tickValues={ticks} tickFormat={format} style={GRID} />
        <VictoryAxis
          tickValues={timeTicks(x, count)}
          tickFormat={(time: number) => timeLabel(time, x)}
          tickLabelComponent={<VictoryLabel textAnchor={({ index }) => (index === 0 ? "start" : index === count - 1 ? "end" : "middle")} />}
        />
      </VictoryChart>
      {broken && <path className="cc-break" d={`M${frame.left - 4} ${base - 7}l4-4 4 4-8 4 4 4`} />}
    </>
  ); // prettier-ignore
}

function Lines({ planned: { frame, x, y, lines }, name }: PartProps & { name: string }) {
  const drawn = lines.filter((line) => line.points.length > 1);
  if (!drawn.length) return null;
  const data = (line: Line) => line.points.map(([time, value]) => ({ x: time, y: value }));
  return (
    <VictoryChart name={name} standalone={false} theme={THEME} width={frame.width} height={frame.height} padding={frame} domain={{ x: [...x], y: [...y] }}>
      <VictoryAxis style={{ tickLabels: { display: "none" } }} tickValues={[]} />
      {drawn.filter((line) => line.area).map((line) => (
        <VictoryArea key={`${line.key}-area`} interpolation="stepAfter" data={data(line)} y0={() => y[0]} style={{ data: { fill: line.colour, stroke: "none" } }} />
      ))}
      {drawn.map((line) => (
        <VictoryLine key={line.key} interpolation="stepAfter" data={data(line)} style={{ data: { stroke: line.colour, strokeDasharray: line.dash } }} />
      ))}
    </VictoryChart>
  ); // prettier-ignore
}

/** Each line's name where it ends; a dot for one that is hardly longer than a point, or has no name. */
function Ends({ planned: { frame, x, y, lines } }: PartProps) {
  const ends = lines.filter((line) => line.points.length > 0);
  const heights = ends.map((line) => placeY(frame, line.points.at(-1)![1], y));
  const places = spread(heights, APART, frame.height - frame.bottom);
  const isShort = ({ points }: Line) => placeX(frame, points.at(-1)![0], x) - placeX(frame, points[0]![0], x) < TOO_SHORT;
  return ends.map((line, index) => (
    <g key={line.key}>
      {(!line.name || isShort(line)) && (
        <circle className="cc-end" cx={placeX(frame, line.points.at(-1)![0], x)} cy={heights[index]} r={4} style={{ stroke: line.colour }} />
      )}
      <text className="cc-name" x={frame.width - frame.right + 8} y={places[index]! + 4} style={{ fill: line.colour }}>
        {clipped(line.name)}
      </text>
    </g>
  )); // prettier-ignore
}

function Limit({ planned: { frame, y }, limit }: PartProps & Pick<Props, "limit">) {
  if (!limit) return null;
  const height = placeY(frame, limit.value, y);
  return (
    <>
      <path className="cc-limit" d={`M${frame.left} ${height}H${frame.width - frame.right}`} />
      <text className="cc-limit-name" x={frame.left + 6} y={height - 5}>
        {limit.label}
      </text>
    </>
  );
}

/** The way to where it is heading, cut off at the edge of the drawing. */
function Ahead({ planned: { frame, x, y, lines }, forecast }: PartProps & { forecast: { time: number; value: number } }) {
  const last = lines[0]?.points.at(-1);
  if (!last || forecast.time <= last[0]) return null;
  const part = Math.min(1, (x[1] - last[0]) / (forecast.time - last[0]));
  const [time, value] = [last[0] + (forecast.time - last[0]) * part, last[1] + (forecast.value - last[1]) * part];
  const to = `L${placeX(frame, time, x)} ${placeY(frame, value, y)}`;
  return <path className="cc-ahead" style={{ stroke: lines[0]!.colour }} d={`M${placeX(frame, last[0], x)} ${placeY(frame, last[1], y)}${to}`} />;
} // prettier-ignore
