import { useEffect, useState } from "react";
import { serverNow } from "../freshness/clock";
import { endedNow } from "./announce";
import { transfers } from "./live";
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
    const since = serverNow();
    const say = () => {
      setSaid(waiting.join(" "));
      waiting = [];
      timer = setTimeout(() => setSaid(""), GONE_AFTER);
    };
    const unwatch = transfers.subscribe((now, before) => {
      const ended = endedNow(now, before, since);
      if (!ended.length) return;
      waiting.push(...ended.map(toldWords));
      clearTimeout(timer);
      timer = setTimeout(say, GATHER);
    });
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
