import { useQuery } from "@tanstack/react-query";
import { useNow } from "../freshness/clock";
import { inFull } from "../freshness/words";
import { Dialog } from "../ui/Dialog";
import { MOVE_ICONS } from "../transfers/icons";
import { Outline } from "../ui/Icon";
import { ICONS } from "../ui/icons";
import { runsQuery } from "./asking";
import { RunNow } from "./Jobs";
import { messages } from "./messages";
import { Asked, Moment } from "./Panel";
import type { Job, Run } from "./wire";
import { askerOf, saidOf, took } from "./words";

const LOOKS: Record<Run["state"], { path: string; look: string }> = {
  queued: { path: ICONS.clock, look: "t-info" },
  running: { path: ICONS["loader-2"], look: "t-info spin" },
  done: { path: ICONS["circle-check"], look: "t-accent" },
  failed: { path: MOVE_ICONS.cross, look: "t-danger" },
  cancelled: { path: MOVE_ICONS.cross, look: "t-3" },
};

/** Each run of a job: when, who asked, how long it took, and what came of it or why not. */
export function Runs({ job, onClose }: { job: Job; onClose: () => void }) {
  const query = useQuery(runsQuery(job.name));
  const now = useNow();
  return (
    <Dialog
      title={messages.runsOf(job.title)}
      close={messages.close}
      action={job.by_hand && <RunNow job={job} loud />}
      onClose={onClose}
    >
      <Asked query={query}>
        {(runs) =>
          runs.length === 0 ? (
            <p className="panel-b t-13 t-2 mb-0">{messages.noRuns}</p>
          ) : (
            <ol className="sruns">
              {runs.map((run) => (
                <Entry key={run.id} run={run} now={now} />
              ))}
            </ol>
          )
        }
      </Asked>
    </Dialog>
  );
}

function Entry({ run, now }: { run: Run; now: number }) {
  const { path, look } = LOOKS[run.state];
  const facts = [
    askerOf(run),
    run.seconds !== undefined && took(run.seconds),
    run.attempts > 1 && messages.tries(run.attempts),
    `${messages.reference} ${run.id}`,
  ].filter(Boolean);
  const said = saidOf(run);
  return (
    <li>
      <Outline path={path} extra={`i-16 ${look}`} />
      <div className="grow">
        <div className="row-c between wrap gap-0">
          <b>{messages.runStates[run.state]}</b>
          <span className="t-13 t-2" title={inFull(Date.parse(run.asked))}>
            <Moment at={run.finished ?? run.started ?? run.asked} now={now} />
          </span>
        </div>
        {said && <p className={`t-13 mb-0 s-words ${run.state === "failed" ? "" : "t-2"}`}>{said}</p>}
        <span className="t-12 t-3">{facts.join(" · ")}</span>
      </div>
    </li>
  );
}
