import { useState } from "react";
import type { TransferStep } from "../api/types";
import { ICONS } from "../ui/icons";
import { Outline } from "../ui/Icon";
import { groupsOf, itemsOf, reasonsOf, type Group, type GroupState } from "./groups";
import { MOVE_ICONS } from "./icons";
import { STATES, words } from "./tray_messages";
import { groupWords, type NameOf } from "./words";

const ROWS = 7;
/** How many that are done stay in sight above the one that runs. */
const ABOVE = 2;
const NAMED = 12;
/** Seconds. What is quicker needs no number. */
const SLOW = 2;

const LOOK: Record<GroupState, { path: string; tone: string; row?: string }> = {
  planned: { path: ICONS["circle-dashed"], tone: "", row: "todo" },
  running: { path: ICONS["loader-2"], tone: "spin t-accent", row: "now" },
  part: { path: ICONS["loader-2"], tone: "t-accent" },
  done: { path: MOVE_ICONS.unseen, tone: "t-info" },
  seen: { path: ICONS["circle-check"], tone: "t-accent" },
  odd: { path: ICONS["alert-triangle"], tone: "t-warn" },
  refused: { path: MOVE_ICONS.cross, tone: "t-warn" },
  unconfirmed: { path: MOVE_ICONS.help, tone: "t-warn" },
  skipped: { path: ICONS["circle-dashed"], tone: "", row: "todo" },
};

/** The steps of a transfer or a plan. `why`: with the reason of each. */
export function Steps({ steps, nameOf, why }: { steps: readonly TransferStep[]; nameOf: NameOf; why: boolean }) {
  const [all, setAll] = useState(false);
  const groups = groupsOf(steps);
  const [from, to] = all ? [0, groups.length] : inSight(groups);
  const hidden = groups.length - (to - from);
  return (
    <ol className="steps">
      {groups.slice(from, to).map((group) => (
        <Row key={group.key} group={group} nameOf={nameOf} why={why} />
      ))}
      {hidden > 0 && (
        <li>
          <span />
          <button type="button" className="btn btn-ghost btn-sm steps-more" onClick={() => setAll(true)}>
            {words.more(hidden)}
          </button>
        </li>
      )}
    </ol>
  );
}

/** Which rows are shown when there are more than fit: those around the first that is not done. */
export function inSight(groups: readonly Group[]): [number, number] {
  if (groups.length <= ROWS) return [0, groups.length];
  const next = groups.findIndex((each) => each.state !== "done" && each.state !== "seen");
  const from = Math.max(0, Math.min((next < 0 ? groups.length : next) - ABOVE, groups.length - ROWS));
  return [from, from + ROWS];
}

function Row({ group, nameOf, why }: { group: Group; nameOf: NameOf; why: boolean }) {
  const { path, tone, row } = LOOK[group.state];
  return (
    <li className={row}>
      <Outline path={path} extra={tone} />
      <span className="step-t">
        {groupWords(group, nameOf)}
        <span className="visually-hidden">, {STATES[group.state]}</span>
      </span>
      <span className="step-n">{besideOf(group)}</span>
      {why && <Reasons group={group} />}
    </li>
  );
}

function Reasons({ group }: { group: Group }) {
  const items = itemsOf(group);
  const said = [...new Set(group.steps.map((each) => each.sentence).filter(Boolean))];
  return (
    <div className="step-w">
      {reasonsOf(group).slice(0, 3).map((reason) => <p key={reason}>{reason}</p>)}
      {said.slice(0, 3).map((sentence) => <p key={sentence}>{sentence}</p>)}
      {items.length > 1 && (
        <p className="t-3">
          {items.slice(0, NAMED).map((each) => each.name).join(", ")}
          {items.length > NAMED && ` ${words.more(items.length - NAMED)}`}
        </p>
      )}
    </div>
  ); // prettier-ignore
}

function besideOf({ steps, state, done }: Group): string {
  if (state === "refused" || state === "unconfirmed" || state === "odd") return STATES[state === "odd" ? "unconfirmed" : state];
  if (steps.length > 1) return state === "planned" || state === "seen" ? "" : words.progress(done, steps.length);
  if (state === "running") return STATES.running;
  const [step] = steps;
  const seconds = step?.begun && step.ended ? (Date.parse(step.ended) - Date.parse(step.begun)) / 1000 : 0;
  return seconds >= SLOW ? `${Math.round(seconds)} s` : "";
}
