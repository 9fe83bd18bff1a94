import { memo, useId, useMemo, useRef } from "react";
import { VictoryAxis, VictoryBar, VictoryChart, VictoryLabel } from "victory";
import { ReadOut, type Reading } from "./ReadOut";
import { everySo, niceTicks, type Span } from "./scale";
import { across, frameOf, GRID, HEIGHT, placeX, THEME, type Frame } from "./theme";
import { useWidth } from "./useWidth";

/** What a bar is made of, from the middle outwards. */
export interface Part {
  key: string;
  name: string;
  /** A CSS colour. */
  colour: string;
}

export interface Bar {
  key: string;
  /** In the read-out. */
  title: string;
  /** Below the axis, where there is room. */
  tick: string;
  /** In the order of the parts, none below zero. What goes down is hatched. */
  up: readonly number[];
  down?: readonly number[];
  /** Not over yet: it is drawn paler. */
  open?: boolean;
}

interface Props {
  title: string;
  /** The whole of it in a sentence. */
  say: string;
  bars: readonly Bar[];
  up: readonly Part[];
  down?: readonly Part[];
  height?: number;
  format?: (value: number) => string;
  /** What the read-out says of a bar, where that is not each part in its turn. */
  told?: (bar: Bar) => Reading["rows"];
}

const WIDEST = 40;
const GAP = 0.34;
const LETTER = 6.4;
const NARROW = 6;
/** Of what goes down, where there is no room for its hatching. */
const PALE = 0.4;
/** How many steps of value there are to read. */
const [ONE, BOTH] = [4, 6];
const sum = (values: readonly number[] = []) => values.reduce((all, each) => all + each, 0);
const whole = (value: number) => value.toLocaleString("en", { maximumFractionDigits: 1 });

/** Amounts side by side: what came in above the line, what went below. */
export function BarChart(props: Props) {
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
  bar: number;
}

function plan({ bars, format = whole }: Props, width: number, height: number): Plan {
  const [high, low] = [Math.max(0, ...bars.map((bar) => sum(bar.up))), Math.max(0, ...bars.map((bar) => sum(bar.down)))];
  const counts = bars.every((bar) => [...bar.up, ...(bar.down ?? [])].every(Number.isInteger));
  const ticks = niceTicks(-low, Math.max(high, low ? 0 : 1), low && high ? BOTH : ONE, counts ? 1 : 0);
  const frame = frameOf(width, height, ticks.map((tick) => format(Math.abs(tick))));
  const slot = across(frame) / bars.length;
  const bar = Math.max(1, Math.min(WIDEST, slot > NARROW ? slot * (1 - GAP) : slot - 1));
  return { frame, x: [-0.5, bars.length - 0.5], y: [ticks[0]!, ticks.at(-1)!], ticks, bar };
} // prettier-ignore

const Drawn = memo(function Drawn(props: Props & { width: number; height: number }) {
  const { title, say, bars, up, down = [], width, height, format = whole } = props;
  const planned = useMemo(() => plan(props, width, height), [props, width, height]);
  const { frame, x } = planned;
  const read = (index: number): Reading => ({
    title: bars[index]!.title,
    rows: props.told?.(bars[index]!) ?? [
      ...up.map((part, place) => ({ name: part.name, value: format(bars[index]!.up[place] ?? 0), colour: part.colour })),
      ...down.map((part, place) => ({ name: part.name, value: format(bars[index]!.down?.[place] ?? 0), colour: part.colour })),
    ],
  });
  return (
    <>
      <svg className="chart" width={width} height={height} role="img" aria-label={say}>
        <Columns {...props} planned={planned} />
        <path className="cc-zero" d={`M${frame.left} ${zeroOf(planned)}H${frame.width - frame.right}`} />
      </svg>
      <ReadOut title={title} frame={frame} span={x} stops={bars.map((_, index) => index)} snap read={read} />
    </>
  );
});

function zeroOf({ frame, y }: Plan): number {
  return frame.top + ((frame.height - frame.top - frame.bottom) * y[1]) / (y[1] - y[0]);
}

function Columns({ bars, up, down = [], planned, format = whole }: Props & { planned: Plan }) {
  const { frame, x, y, ticks, bar } = planned;
  const hatch = useId().replace(/\W/g, "");
  const longest = Math.max(1, ...bars.map((each) => each.tick.length)) * LETTER + 12;
  const named = everySo(bars.length, Math.floor(across(frame) / longest));
  return (
    <>
      <defs>
        {down.map((part, place) => (
          <pattern key={part.key} id={`${hatch}${place}`} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <path d="M0 0V5" style={{ stroke: part.colour }} strokeWidth="2" />
          </pattern>
        ))}
      </defs>
      <VictoryChart name={hatch} standalone={false} theme={THEME} width={frame.width} height={frame.height} padding={frame} domain={{ x: [...x], y: [...y] }}>
        <VictoryAxis dependentAxis offsetX={frame.left} tickValues={ticks} tickFormat={(tick: number) => format(Math.abs(tick))} style={GRID} />
        <VictoryAxis
          offsetY={frame.bottom}
          tickValues={[...named]}
          tickFormat={(index: number) => bars[index]?.tick ?? ""}
          tickLabelComponent={<VictoryLabel textAnchor={({ datum }) => anchorOf(planned, Number(datum), bars[Number(datum)]?.tick)} />}
        />
        {up.map((part, place) => (
          <VictoryBar
            key={part.key}
            barWidth={bar}
            cornerRadius={place === up.length - 1 || bars.length > 60 ? Math.min(2, bar / 4) : 0}
            data={stack(bars, (each) => each.up, place, 1)}
            style={{ data: { fill: part.colour, opacity: ({ datum }) => (datum?.open ? 0.55 : 1), stroke: "var(--vr-surface)", strokeWidth: up.length > 1 ? 0.5 : 0 } }}
          />
        ))}
        {down.map((part, place) => (
          <VictoryBar
            key={part.key}
            barWidth={Math.max(1, bar - 1.5)}
            data={stack(bars, (each) => each.down, place, -1)}
            style={{ data: { ...(bar < NARROW ? { fill: part.colour, fillOpacity: PALE } : { fill: `url(#${hatch}${place})`, stroke: part.colour, strokeWidth: 1 }), opacity: ({ datum }) => (datum?.open ? 0.55 : 1) } }}
          />
        ))}
      </VictoryChart>
    </>
  ); // prettier-ignore
}

/** One part of every bar that has some of it. */
function stack(bars: readonly Bar[], of: (bar: Bar) => readonly number[] | undefined, place: number, sign: 1 | -1) {
  return bars.flatMap((bar, x) => {
    const values = of(bar) ?? [];
    const below = sum(values.slice(0, place));
    const value = values[place] ?? 0;
    return value > 0 ? [{ x, y0: sign * below, y: sign * (below + value), open: bar.open }] : [];
  });
}

/** A word in the middle under its bar, unless it would leave the drawing. */
function anchorOf({ frame, x }: Plan, index: number, word = ""): "start" | "middle" | "end" {
  const [place, half] = [placeX(frame, index, x), (word.length * LETTER) / 2];
  if (place + half > frame.width) return "end";
  return place - half < 0 ? "start" : "middle";
}
