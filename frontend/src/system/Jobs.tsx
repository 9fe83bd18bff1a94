import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { sentenceOf } from "../api/client";
import { useNow } from "../freshness/clock";
import { MOVE_ICONS } from "../transfers/icons";
import { Outline } from "../ui/Icon";
import { ICONS } from "../ui/icons";
import { jobsQuery, runNow, useWork } from "./asking";
import { messages } from "./messages";
import { Asked, Moment, Panel } from "./Panel";
import { Runs } from "./Runs";
import type { Job } from "./wire";
import { stateOf, took, until, type JobState } from "./words";

const STATES: Record<JobState, { path: string; look: string }> = {
  running: { path: ICONS["loader-2"], look: "t-info spin" },
  queued: { path: ICONS.clock, look: "t-info" },
  failed: { path: MOVE_ICONS.cross, look: "t-danger" },
  cancelled: { path: MOVE_ICONS.cross, look: "t-3" },
  fine: { path: ICONS["circle-check"], look: "t-accent" },
  new: { path: ICONS["circle-dashed"], look: "t-3" },
};

/** What the server does in the background: when it comes, how it went, and to begin it now. */
export function Jobs() {
  const query = useQuery(jobsQuery);
  const [shown, show] = useState<string>();
  const failing = query.data?.filter((each) => stateOf(each) === "failed").length ?? 0;
  const job = query.data?.find((each) => each.name === shown);
  return (
    <Panel
      id="s-jobs"
      title={messages.jobs}
      wide
      aside={failing > 0 && <span className="t-12 t-danger">{messages.failing(failing)}</span>}
    >
      <Asked query={query}>{(jobs) => <Table jobs={jobs} onRuns={show} />}</Asked>
      {job && <Runs job={job} onClose={() => show(undefined)} />}
    </Panel>
  );
}

const COLUMNS = [messages.job, messages.runs, messages.last, messages.took, messages.next];

function Table({ jobs, onRuns }: { jobs: readonly Job[]; onRuns: (name: string) => void }) {
  return (
    <div className="stable-w" tabIndex={0} role="region" aria-label={messages.jobs}>
      <table className="stable sjobs">
        <thead>
          <tr>
            {COLUMNS.map((title) => (
              <th key={title} scope="col" className={title === messages.took ? "num" : undefined}>
                {title}
              </th>
            ))}
            <th scope="col">
              <span className="visually-hidden">{messages.runNow}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {jobs.map((job) => (
            <Row key={job.name} job={job} onRuns={onRuns} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ job, onRuns }: { job: Job; onRuns: (name: string) => void }) {
  const now = useNow();
  const state = stateOf(job);
  const { path, look } = STATES[state];
  const { last, running } = job;
  return (
    <tr>
      <th scope="row">
        <span className="sjob">
          <Outline path={path} extra={`i-16 ${look}`} />
          <span className="visually-hidden">{messages.jobStates[state]}: </span>
          <button type="button" className="btn-line" aria-haspopup="dialog" onClick={() => onRuns(job.name)}>
            {job.title}
          </button>
        </span>
      </th>
      <td className="t-2">{job.schedule ?? messages.onDemand}</td>
      <td className="t-2 nowrap">{last && <Moment at={last.finished ?? last.asked} now={now} />}</td>
      <td className={`num nowrap ${state === "failed" ? "t-danger" : "t-2"}`}>
        {running
          ? running.percent !== undefined
            ? `${Math.round(running.percent)} %`
            : messages.jobStates[state]
          : state === "failed"
            ? messages.jobStates.failed
            : last?.seconds !== undefined && took(last.seconds)}
      </td>
      <td className="t-2 nowrap">{job.next && until(Date.parse(job.next), now)}</td>
      <td className="num">
        {state === "failed" ? (
          <button type="button" className="btn btn-ghost btn-sm" aria-haspopup="dialog" onClick={() => onRuns(job.name)}>
            {messages.seeWhy}
          </button>
        ) : (
          job.by_hand && <RunNow job={job} />
        )}
      </td>
    </tr>
  );
}

/** Begins it. What came of it stands in the row; that it could not be begun stands here. */
export function RunNow({ job, loud }: { job: Job; loud?: boolean }) {
  const work = useWork(job.name, () => runNow(job.name));
  const busy = work.busy || job.running !== undefined;
  return (
    <>
      <button
        type="button"
        className={`btn btn-sm ${loud ? "btn-quiet" : "btn-ghost"}`}
        aria-label={messages.runIt(job.title)}
        aria-disabled={busy}
        onClick={() => busy || work.start()}
      >
        {messages.runNow}
      </button>
      {work.error && (
        <span className="t-12 t-danger d-block s-words" role="alert">
          {sentenceOf(work.error)}
        </span>
      )}
    </>
  );
}
