import { useEffect, useState } from "react";
import { serverNow } from "../freshness/clock";
import { endedNow } from "./announce";
import { transfers } from "./live";
import type { LiveTransfer } from "./store";
import { toldWords } from "./words";

/** Milliseconds. What ends together is told together; and a sentence goes again, so that the same one is heard twice. */
const GATHER = 300;
const GONE_AFTER = 10_000;

/** Says in one sentence how a transfer ended. Seen by nobody: it is for who listens. */
export function Told() {
  const [said, setSaid] = useState("");
  useEffect(() => {
    let waiting: string[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    // Also what ended between the page's first moment and this one.
    const since = serverNow() - performance.now();
    const say = () => {
      setSaid(waiting.join(" "));
      waiting = [];
      timer = setTimeout(() => setSaid(""), GONE_AFTER);
    };
    const hear = (now: readonly LiveTransfer[], before: readonly LiveTransfer[]) => {
      const ended = endedNow(now, before, since);
      if (!ended.length) return;
      waiting.push(...ended.map(toldWords));
      clearTimeout(timer);
      timer = setTimeout(say, GATHER);
    };
    hear(transfers.current(), []);
    const unwatch = transfers.subscribe(hear);
    return () => {
      unwatch();
      clearTimeout(timer);
    };
  }, []);
  return (
    <div className="visually-hidden" role="status" data-told>
      {said}
    </div>
  );
}
