import { useId, useState } from "react";
import type { TransferRefusal } from "../api/types";
import { useNow } from "../freshness/clock";
import { clock } from "../freshness/words";
import { ICONS } from "../ui/icons";
import { Icon, Outline } from "../ui/Icon";
import { stopAndUndo } from "./actions";
import { MOVE_ICONS } from "./icons";
import { act, sendAgain } from "./live";
import { words } from "./tray_messages";
import { dismiss } from "./panel";
import { Steps } from "./Steps";
import { hasEnded, type LiveTransfer } from "./store";
import { useDeed, type Deed } from "./useDeed";
import { checkWords, endWords, stayed, whoAsked, type NameOf } from "./words";

interface Props {
  transfer: LiveTransfer;
  nameOf: NameOf;
}

const REFUSALS = 3;
const BY_HAND: ReadonlySet<string> = new Set(["page", "undo", "retry"]);

/** One transfer in the tray: how far it is, or how it ended, and what can be done about it. */
export function Card({ transfer, nameOf }: Props) {
  return hasEnded(transfer) ? <Ended transfer={transfer} nameOf={nameOf} /> : <Open transfer={transfer} nameOf={nameOf} />;
}

function Open({ transfer, nameOf }: Props) {
  const [why, setWhy] = useState(false);
  const deed = useDeed();
  const title = useId();
  const { id, done, total, steps, can } = transfer;
  return (
    <li className="move" aria-labelledby={title}>
      <div className="m-t">
        {transfer.state === "waiting" && <Outline path={MOVE_ICONS.pause} extra="t-warn" />}
        <h3 className="grow" id={title}>
          {transfer.title}
        </h3>
        {total > 0 && <span className="m-n">{words.progress(done, total)}</span>}
      </div>
      {total > 0 && <Progress transfer={transfer} />}
      <Now transfer={transfer} />
      {steps.length > 0 && <Steps steps={steps} nameOf={nameOf} why={why} />}
      {steps.length > 0 && (
        <div className="m-a">
          {can.includes("cancel") && (
            <>
              <Do name="stop" of={transfer.title} deed={deed} icon={MOVE_ICONS.stop} run={() => act(id, "cancel")}>
                {deed.doing ? words.stopping : words.stop}
              </Do>
              {done > 0 && !transfer.undoes && (
                <Do name="undo" of={transfer.title} deed={deed} quiet run={() => stopAndUndo(id)}>
                  {words.stopUndo}
                </Do>
              )}
            </>
          )}
          <Why on={why} onTurn={setWhy} title={transfer.title} />
        </div>
      )}
      <Trouble problem={deed.problem} />
    </li>
  );
}

function Progress({ transfer: { title, done, total, state } }: { transfer: LiveTransfer }) {
  const percent = Math.round((done / Math.max(1, total)) * 100);
  return (
    <div
      className={`progress my-2 ${state === "waiting" ? "still" : ""}`}
      role="progressbar"
      aria-label={words.progressOf(title)}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <div className="progress-bar" style={{ width: `${percent}%` }} />
    </div>
  );
}

/** What it is doing when that is not simply the next step. */
function Now({ transfer: { state, sentence, expires, unsent } }: { transfer: LiveTransfer }) {
  const now = useNow(30);
  const said = {
    queued: unsent ? words.sending : (sentence ?? words.queued),
    checking: sentence ?? words.checking,
    waiting: [sentence ?? words.waiting, expires && words.until(clock(Date.parse(expires), now))].filter(Boolean).join(" "),
  }[state as string];
  return said ? <p className="m-s">{said}</p> : null;
}

const ENDS: Partial<Record<LiveTransfer["state"], { path: string; tone: string }>> = {
  partly: { path: ICONS["alert-triangle"], tone: "t-warn" },
  failed: { path: ICONS["alert-circle"], tone: "t-danger" },
  expired: { path: ICONS.clock, tone: "t-warn" },
  cancelled: { path: MOVE_ICONS.stop, tone: "t-2" },
};

/** Done is done and checked, done but not seen yet, or not as Bungie's list shows it: never the same picture. */
function endLook({ state, confirmed, undone_by }: LiveTransfer): { path: string; tone: string } {
  if (undone_by) return { path: MOVE_ICONS.back, tone: "t-2" };
  const end = ENDS[state];
  if (end) return end;
  if (confirmed === "pending") return { path: MOVE_ICONS.unseen, tone: "t-info" };
  if (confirmed === "contradicted") return { path: ICONS["alert-triangle"], tone: "t-warn" };
  if (confirmed === "unconfirmed") return { path: MOVE_ICONS.help, tone: "t-warn" };
  return { path: ICONS["circle-check"], tone: "t-accent" };
}

function Ended({ transfer, nameOf }: Props) {
  const [open, setOpen] = useState(false);
  const deed = useDeed();
  const title = useId();
  const panel = useId();
  const { id, state, done, total, can, refusals, steps, unsent } = transfer;
  const { path, tone } = endLook(transfer);
  const grave = state !== "done" && state !== "cancelled";
  const count = steps.filter((each) => each.state !== "skipped").length;
  const undo = can.includes("undo") && (
    <Do name="undo" of={transfer.title} deed={deed} quiet icon={MOVE_ICONS.back} run={() => act(id, "undo")}>
      {words.undo}
    </Do>
  );
  return (
    <li className={`move ended ${grave ? "grave" : ""}`} aria-labelledby={title}>
      <Outline path={path} extra={tone} />
      <div className="m-b">
        <h3 id={title}>
          {count ? (
            <button type="button" className="m-more" aria-expanded={open} aria-controls={panel} onClick={() => setOpen(!open)}>
              <span>{transfer.title}</span>
              <Outline path={open ? MOVE_ICONS["chevron-up"] : ICONS["chevron-down"]} extra="i-14 t-3" />
              <span className="visually-hidden">, {words.steps(count)}</span>
            </button>
          ) : (
            transfer.title
          )}
        </h3>
      </div>
      {state === "partly" && <span className="m-n">{words.progress(done, total)}</span>}
      {!grave && undo}
      <button
        type="button"
        className="btn btn-ghost btn-sm btn-icon m-x"
        aria-label={words.dismiss(transfer.title)}
        onClick={() => dismiss(id)}
      >
        <Icon name="x" extra="i-14" />
      </button>
      <div className="m-rest">
        <Outcome transfer={transfer} />
        {grave && <Refusals refusals={refusals.filter((each) => !transfer.sentence?.includes(each.sentence))} />}
        {(unsent || can.includes("retry") || (grave && undo)) && (
          <div className="m-a">
            {unsent && (
              <Do name="send" of={transfer.title} deed={deed} icon={MOVE_ICONS.rotate} run={() => sendAgain(transfer)}>
                {words.send}
              </Do>
            )}
            {can.includes("retry") && (
              <Do name="retry" of={transfer.title} deed={deed} icon={MOVE_ICONS.rotate} run={() => act(id, "retry")}>
                {words.retry(stayed(transfer))}
              </Do>
            )}
            {grave && undo}
          </div>
        )}
        <div id={panel} hidden={!open}>
          {open && <Steps steps={steps} nameOf={nameOf} why />}
        </div>
        <Trouble problem={deed.problem} />
      </div>
    </li>
  );
}

/** "14:21, by rule “Keep places free”. Done. Bungie's list does not show it yet." */
function Outcome({ transfer }: { transfer: LiveTransfer }) {
  const now = useNow(30);
  const { finished, asked_by, undone_by, retried_by, unsent, state } = transfer;
  const when = finished && clock(Date.parse(finished), now);
  const head = [when, !BY_HAND.has(asked_by) && words.by(whoAsked(asked_by))].filter(Boolean).join(", ");
  const check = checkWords(transfer);
  const said = [
    unsent ? `${words.unsent}.` : head && `${head}.`,
    undone_by ? words.undone : retried_by ? words.retried : state === "done" && check ? "" : endWords(transfer),
    !undone_by && check,
  ];
  return <p className="m-s">{said.filter(Boolean).join(" ")}</p>;
}

function Refusals({ refusals }: { refusals: readonly TransferRefusal[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? refusals : refusals.slice(0, REFUSALS);
  if (!refusals.length) return null;
  return (
    <ul className="m-r">
      {shown.map((each, index) => (
        <li key={index}>{each.sentence}</li>
      ))}
      {shown.length < refusals.length && (
        <li>
          <button type="button" className="btn btn-ghost btn-sm steps-more" onClick={() => setAll(true)}>
            {words.more(refusals.length - shown.length)}
          </button>
        </li>
      )}
    </ul>
  );
}

interface DoProps {
  name: string;
  /** The transfer's: for who does not see where the button stands. */
  of: string;
  deed: Deed;
  icon?: string;
  quiet?: boolean;
  run: () => Promise<unknown>;
  children: string;
}

function Do({ name, of, deed, icon, quiet, run, children }: DoProps) {
  return (
    <button
      type="button"
      className={`btn btn-sm ${quiet ? "btn-ghost" : "btn-quiet"}`}
      aria-label={words.about(children, of)}
      aria-disabled={!!deed.doing}
      onClick={() => deed.doing || deed.run(name, run)}
    >
      {icon && <Outline path={icon} extra="i-14" />}
      {children}
    </button>
  );
}

function Why({ on, onTurn, title }: { on: boolean; onTurn: (on: boolean) => void; title: string }) {
  return (
    <button
      type="button"
      className="btn btn-ghost btn-sm m-why"
      aria-pressed={on}
      aria-label={words.about(words.why, title)}
      onClick={() => onTurn(!on)}
    >
      {words.why}
    </button>
  );
}

function Trouble({ problem }: { problem?: string }) {
  return (
    <div role="status">
      {problem && <p className="m-s t-danger">{problem}</p>}
    </div>
  ); // prettier-ignore
}
