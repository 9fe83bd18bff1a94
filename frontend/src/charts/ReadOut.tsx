import { useState, type KeyboardEvent, type PointerEvent } from "react";
import { messages } from "./messages";
import { across, type Frame } from "./theme";

export interface Reading {
  title: string;
  rows: readonly Row[];
}

interface Row {
  name: string;
  value: string;
  /** A CSS colour, for its dot. */
  colour?: string;
  /** Its place, in pixels from the top of the drawing. */
  y?: number;
}

interface Props {
  title: string;
  frame: Frame;
  span: readonly [from: number, to: number];
  /** Where the keys stop, in order: at least one. */
  stops: readonly number[];
  /** Whether the pointer, too, goes from one to the next. */
  snap?: boolean;
  read: (at: number) => Reading;
}

const PAGE = 10;
const HALF = 0.5;

/**
 * What the values are under the pointer, or where the keys have gone: a slider along the drawing, whose words are the values.
 * It alone is drawn anew as it moves.
 */
export function ReadOut({ title, frame, span, stops, snap, read }: Props) {
  const [at, setAt] = useState<number>();
  const [from, to] = span;
  const here = nearest(stops, at ?? to);
  const reading = read(at ?? stops[here]!);

  const point = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const place = from + ((to - from) * (event.clientX - box.left)) / (box.width || 1);
    setAt(snap ? stops[nearest(stops, place)] : Math.min(to, Math.max(from, place)));
  };
  const keys = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === "Escape" && at !== undefined) return taken(event, undefined);
    const index = {
      ArrowRight: here + 1, ArrowUp: here + 1, ArrowLeft: here - 1, ArrowDown: here - 1,
      PageUp: here + PAGE, PageDown: here - PAGE, Home: 0, End: stops.length - 1,
    }[event.key]; // prettier-ignore
    if (index === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    // The first press shows where one is.
    taken(event, stops[at === undefined && /^Arrow/.test(event.key) ? here : Math.min(stops.length - 1, Math.max(0, index))]);
  };
  const taken = (event: KeyboardEvent<HTMLElement>, to: number | undefined) => {
    event.preventDefault();
    event.stopPropagation();
    setAt(to);
  };

  const x = at === undefined ? 0 : (across(frame) * (at - from)) / (to - from);
  return (
    <div
      className="cc-read"
      role="slider"
      tabIndex={0}
      aria-label={messages.readOut(title)}
      aria-valuemin={0}
      aria-valuemax={stops.length - 1}
      aria-valuenow={here}
      aria-valuetext={messages.read(reading.title, reading.rows.map((row) => messages.pair(row.name, row.value)))}
      style={{ left: frame.left, top: frame.top, width: across(frame), height: frame.height - frame.top - frame.bottom }}
      onPointerMove={point}
      onPointerDown={point}
      // A finger leaves as it lifts: what it asked for stays until it presses elsewhere.
      onPointerLeave={(event) => event.pointerType !== "touch" && setAt(undefined)}
      onBlur={() => setAt(undefined)}
      onKeyDown={keys}
    >
      {at !== undefined && (
        <>
          <span className="cc-at" style={{ left: x }} />
          {reading.rows.map(
            (row, index) =>
              row.y !== undefined && (
                <span key={index} className="cc-dot" style={{ left: x, top: row.y - frame.top, borderColor: row.colour }} />
              ),
          )}
          <div className={`cc-tip ${x > across(frame) * HALF ? "is-left" : ""}`} style={{ left: x }} aria-hidden="true">
            <b>{reading.title}</b>
            {reading.rows.map((row, index) => (
              <span key={index} className="row-c between">
                <span className="row-c">
                  {row.colour && <i style={{ background: row.colour }} />}
                  {row.name}
                </span>
                <b>{row.value}</b>
              </span>
            ))}
          </div>
        </>
      )}
    </div>
  ); // prettier-ignore
}

function nearest(stops: readonly number[], place: number): number {
  let best = 0;
  stops.forEach((each, index) => {
    if (Math.abs(each - place) <= Math.abs(stops[best]! - place)) best = index;
  });
  return best;
}
