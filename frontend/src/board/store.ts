/** What the page knows of the board, and of what its inputs were at. */

import { grown, joined, traceOf, type Trace } from "./trace";
import type { How } from "./following";
import type { Board, Input, Reading, Readings } from "./wire";

/** A number that changes more often than so cannot be read. Milliseconds. */
const CALM = 200;
/** Where nothing is heard, ages still grow. */
const TICK = 1_000;

export interface Seen {
  board?: Board;
  /** By channel. */
  traces: Readonly<Record<number, Trace>>;
  /** The server's clock when this was so, as well as it is known; milliseconds. */
  now: number;
  how: How;
}

export class BoardStore {
  private seen: Seen = { traces: {}, now: 0, how: { kind: "beginning" } };
  private shown = this.seen;
  private readonly listeners = new Set<() => void>();
  private told = -Infinity;
  /** On this device's own clock: when `seen.now` was. */
  private heard = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private ticking: ReturnType<typeof setInterval> | undefined;

  readonly current = (): Seen => this.shown;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** The board as a whole. `answered`: when, on the server's clock; with its history then. Without: what is known of it stays. */
  readonly take = (board: Board, answered?: number): void => {
    const traces = { ...this.seen.traces };
    if (answered !== undefined) {
      this.set(answered);
      for (const { channel, history } of board.inputs) {
        traces[channel] = joined(traceOf(history, answered), traces[channel] ?? []);
      }
    }
    this.become({ ...this.seen, board, traces, now: this.clock() }, true);
  };

  readonly hear = (readings: Readings): void => {
    const { board, traces } = this.seen;
    const at = Date.parse(readings.at);
    if (!board || Number.isNaN(at)) return;
    const came = new Map(readings.inputs.map((each) => [each.channel, each]));
    const grownTraces = { ...traces };
    for (const { channel, volts } of readings.inputs) {
      if (volts !== undefined) grownTraces[channel] = grown(traces[channel] ?? [], at, volts);
    }
    const inputs = board.inputs.map((input) => withReading(input, came.get(input.channel), readings.at));
    const crossing = inputs.some((input, index) => input.level?.crossed !== board.inputs[index]!.level?.crossed);
    this.set(at);
    this.become({ ...this.seen, board: { ...board, inputs }, traces: grownTraces, now: at }, crossing);
  };

  /** One input as it was just changed. */
  readonly change = (input: Input): void => {
    const { board } = this.seen;
    if (!board) return;
    const inputs = board.inputs.map((each) => (each.channel === input.channel ? { ...each, name: undefined, level: undefined, ...input } : each));
    this.become({ ...this.seen, board: { ...board, inputs } }, true);
  }; // prettier-ignore

  readonly follow = (how: How): void => {
    if (how.kind !== "listening" || this.seen.how.kind !== "listening") this.become({ ...this.seen, how }, true);
  };

  start(): void {
    this.ticking ??= setInterval(() => {
      if (performance.now() - this.told >= TICK) this.become({ ...this.seen, now: this.clock() }, true);
    }, TICK);
  }

  stop(): void {
    clearTimeout(this.timer);
    clearInterval(this.ticking);
    this.timer = this.ticking = undefined;
  }

  private set(now: number): void {
    this.seen = { ...this.seen, now };
    this.heard = performance.now();
  }

  private clock(): number {
    return this.seen.now + (performance.now() - this.heard);
  }

  /** `soon`: at once, as it is more than a number that moves. */
  private become(seen: Seen, soon: boolean): void {
    this.seen = seen;
    const rest = this.told + CALM - performance.now();
    if (soon || rest <= 0) return this.tell();
    this.timer ??= setTimeout(() => this.tell(), rest);
  }

  private tell(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.told = performance.now();
    this.shown = this.seen;
    for (const each of this.listeners) each();
  }
}

function withReading(input: Input, reading: Reading | undefined, at: string): Input {
  if (!reading) return input;
  const { crossed, failed } = reading;
  const level = input.level && { ...input.level, crossed };
  if (reading.volts === undefined) return { ...input, level, failed };
  return { ...input, raw: reading.raw, volts: reading.volts, at, level, failed };
}
