/** What is asked of the server about the board. */

import { ask } from "../api/client";
import { listen as listenTo, type Hear } from "./events";
import type { Board, Change, Input } from "./wire";

const BOARD = "/board";
const STREAM = `/api/v1${BOARD}/stream`;
/** Milliseconds: the server says something every 15 s, be it nothing. */
const PATIENCE = 25_000;

export async function look(): Promise<{ board: Board; at: number }> {
  const { data: board, date } = await ask<Board>(BOARD);
  return { board, at: momentOf(board, date ?? Date.now()) };
}

/** When the answer was made. A live board's newest reading says it best: an answer's own date is to the second. */
function momentOf(board: Board, date: number): number {
  if (board.state !== "live") return date;
  const times = board.inputs.map(({ at }) => Date.parse(at ?? "")).filter((each) => !Number.isNaN(each));
  return times.length ? Math.max(...times) : date;
}

export const listen = (hear: Hear, signal: AbortSignal) => listenTo(STREAM, hear, signal, PATIENCE);

export const change = async (channel: number, said: Change) => (await ask<Input>(`${BOARD}/inputs/${channel}`, "PUT", said)).data;
