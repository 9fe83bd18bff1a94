import type { ReactNode } from "react";
import { clock } from "../freshness/words";
import { Outline } from "../ui/Icon";
import { ICONS } from "../ui/icons";
import { BOARD_ICONS } from "./icons";
import { messages } from "./messages";
import { standingOf, type Standing } from "./standing";
import type { Seen } from "./store";
import { every } from "./words";

const LOOKS: Record<Standing, { tone: string; path: string; word: string }> = {
  live: { tone: "chip-ok", path: ICONS["circle-dot"], word: messages.live },
  full: { tone: "chip-info", path: ICONS.clock, word: messages.live },
  missing: { tone: "chip-bad", path: BOARD_ICONS.unplugged, word: messages.states.missing },
  stuck: { tone: "chip-warn", path: ICONS["alert-triangle"], word: messages.states.stuck },
  starting: { tone: "chip-info", path: ICONS["circle-dashed"], word: messages.states.starting },
  lost: { tone: "chip-warn", path: ICONS["alert-triangle"], word: messages.lost },
  offline: { tone: "chip-warn", path: ICONS["wifi-off"], word: messages.offline },
  beginning: { tone: "chip-info", path: ICONS["circle-dashed"], word: messages.beginning },
};

/** One word on how live the values are. */
export function StandingChip({ seen, online }: { seen: Seen; online: boolean }) {
  const standing = standingOf(seen, online);
  const { tone, path, word } = LOOKS[standing];
  return (
    <span className={`chip ${tone} b-standing`} data-standing={standing}>
      <Outline path={path} extra="i-14" />
      {seen.how.kind === "full" && standing === "full" ? messages.looked(every(seen.how.every)) : word}
    </span>
  );
}

/** What is not as it should be, and what to do. It counts nothing and is no alarm: the page's one live region says it aloud. */
export function StandingNote({ seen, online }: { seen: Seen; online: boolean }) {
  const standing = standingOf(seen, online);
  const { board, how, now } = seen;
  if (!board || standing === "live" || standing === "beginning") return null;
  if (standing === "offline") return <Note tone="warn" path={LOOKS.offline.path} title={messages.offlineTitle}>{messages.offlineWhy}</Note>;
  if (standing === "lost" && how.kind === "lost") {
    return <Note tone="warn" path={LOOKS.lost.path} title={messages.lostTitle}>{how.problem.message}</Note>;
  }
  if (standing === "full" && how.kind === "full") {
    return <Note tone="info" path={ICONS["info-circle"]} title={messages.full}>{messages.fullWhy(every(how.every))}</Note>;
  }
  if (standing !== "missing" && standing !== "stuck" && standing !== "starting") return null;
  const tone = standing === "missing" ? "bad" : standing === "stuck" ? "warn" : "info";
  return (
    <Note tone={tone} path={LOOKS[standing].path} title={messages[standing]}>
      {board.sentence ?? messages[`${standing}Why`]}{" "}
      {standing !== "starting" && messages.since(clock(Date.parse(board.since), now))}
    </Note>
  );
} // prettier-ignore

function Note({ tone, path, title, children }: { tone: string; path: string; title: string; children: ReactNode }) {
  return (
    <div className={`note ${tone} b-note`}>
      <Outline path={path} />
      <div className="grow">
        <b>{title}</b> {children}
      </div>
    </div>
  );
}
