import { sentenceOf } from "../api/client";
import { useNow } from "../freshness/clock";
import { clock } from "../freshness/words";
import { Icon } from "../ui/Icon";
import { ICONS } from "../ui/icons";
import { backUp, useWork } from "./asking";
import { messages } from "./messages";
import { Chip, Facts, Outcome, Panel } from "./Panel";
import type { Backups as Told } from "./wire";
import { bytes, saidOf, until } from "./words";

const JOB = "back_up";

/** The copies of everything, and to make one now. Bringing one back is done at the server itself. */
export function Backups({ backups }: { backups: Told }) {
  const now = useNow();
  const work = useWork(JOB, backUp);
  const last =
    backups.last && messages.lastBackup(clock(Date.parse(backups.last), now), backups.bytes ? bytes(backups.bytes) : "");
  return (
    <Panel id="s-backups" title={messages.backups} aside={<State backups={backups} />}>
      <div className="panel-b stack-2">
        {backups.trouble && <p className="t-13 t-danger mb-0 s-words">{backups.trouble}</p>}
        <Facts
          facts={[
            [messages.last, last || messages.noBackup],
            [messages.count, backups.count > 0 && messages.copies(backups.count)],
            [messages.kept, backups.kept],
            [messages.nextBackup, backups.next && until(Date.parse(backups.next), now)],
          ]}
        />
        <div className="row-c wrap mt-2">
          <button
            type="button"
            className="btn btn-quiet btn-sm"
            aria-disabled={work.busy}
            onClick={() => work.busy || work.start()}
          >
            {work.busy && <Icon name="loader-2" extra="i-14 spin" />}
            {work.busy ? messages.backingUp : messages.backUp}
          </button>
        </div>
        {work.error && <Outcome ok={false}>{sentenceOf(work.error)}</Outcome>}
        {!work.busy && work.run && (
          <Outcome ok={work.run.state === "done"}>{saidOf(work.run) || messages.runStates[work.run.state]}</Outcome>
        )}
        <p className="t-12 t-3 mb-0">
          {messages.restore} <code className="mono">vaultraider restore</code>
        </p>
      </div>
    </Panel>
  );
}

function State({ backups }: { backups: Told }) {
  if (backups.trouble) return <Chip tone="bad" path={ICONS["alert-circle"]}>{messages.lastTrouble}</Chip>;
  if (!backups.last) return <Chip tone="info" path={ICONS["circle-dashed"]}>{messages.noBackup}</Chip>;
  return <Chip tone="ok" path={ICONS["circle-check"]}>{messages.backedUp}</Chip>;
} // prettier-ignore
