import { useEffect, useRef, useState } from "react";
import { messages } from "./messages";
import { standingOf, type Standing } from "./standing";
import type { Seen } from "./store";
import type { Input } from "./wire";
import { crossingSaid } from "./words";

/** For who listens: only what changed its state. The numbers, which change all the time, are read where they stand. */
export function Announced({ seen, online }: { seen: Seen; online: boolean }) {
  const standing = standingOf(seen, online);
  const sides = (seen.board?.inputs ?? []).map((input) => input.level?.crossed ?? "");
  const words = useWords(standing, seen, sides.join());
  return (
    <p className="visually-hidden" role="status">
      {words}
    </p>
  );
}

function useWords(standing: Standing, seen: Seen, sides: string): string {
  const [words, say] = useState("");
  const before = useRef<{ standing: Standing; inputs: readonly Input[] }>({ standing: "beginning", inputs: [] });
  const latest = useRef(seen);
  useEffect(() => {
    latest.current = seen;
  });
  useEffect(() => {
    const { board } = latest.current;
    const { standing: was, inputs: were } = before.current;
    const inputs = board?.inputs ?? [];
    before.current = { standing, inputs };
    if (was === "beginning") return;
    if (was !== standing) return say(standing === "live" ? messages.back : titleOf(standing));
    const turned = inputs.filter((input, index) => were[index] && input.level?.crossed !== were[index].level?.crossed);
    if (turned.length) say(turned.map(crossingSaid).join(" "));
  }, [standing, sides]);
  return words;
}

function titleOf(standing: Standing): string {
  if (standing === "missing" || standing === "stuck" || standing === "starting" || standing === "full") return messages[standing];
  if (standing === "offline") return messages.offlineTitle;
  return standing === "lost" ? messages.lostTitle : "";
}
