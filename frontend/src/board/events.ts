/** Reads an event stream with `fetch`: unlike an EventSource it can say why it was refused, and for how long. */

import { NO_ANSWER, Problem, problemOf } from "../api/client";

export type Hear = (name: string, data: unknown) => void;

/** Takes text as it comes, in whatever pieces (our server ends lines with LF alone), and passes on each event that is complete and can be read. */
export function eventReader(hear: Hear): (text: string) => void {
  let rest = "";
  return (text) => {
    const lines = (rest + text).split("\n\n");
    rest = lines.pop()!;
    for (const block of lines) {
      const fields = block.split("\n").map((line) => /^(event|data): ?(.*)$/.exec(line));
      const name = fields.findLast((each) => each?.[1] === "event")?.[2] ?? "message";
      const data = fields.filter((each) => each?.[1] === "data").map((each) => each![2]);
      if (data.length) tell(hear, name, data.join("\n"));
    }
  };
}

function tell(hear: Hear, name: string, text: string): void {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return; // Garbled on its way: the next one says it anew.
  }
  hear(name, data);
}

const SILENCE = "The live values stopped. This page tries again by itself.";

/**
 * Listens until the stream ends or `signal` ends it; resolves then. Rejects with a `Problem` when there is none, when it breaks, or
 * when nothing at all came for `patience` milliseconds.
 */
export async function listen(address: string, hear: Hear, signal: AbortSignal, patience: number): Promise<void> {
  const quiet = new AbortController();
  let watch = setTimeout(() => quiet.abort(), patience);
  try {
    const response = await fetch(address, {
      headers: { Accept: "text/event-stream" },
      signal: AbortSignal.any([signal, quiet.signal]),
    });
    if (!response.ok) throw await problemOf(response);
    const read = eventReader(hear);
    const words = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { value, done } = await words.read();
      if (done) return;
      clearTimeout(watch);
      watch = setTimeout(() => quiet.abort(), patience);
      read(value);
    }
  } catch (error) {
    if (signal.aborted) return;
    throw error instanceof Problem ? error : new Problem(NO_ANSWER, SILENCE);
  } finally {
    clearTimeout(watch);
  }
}
