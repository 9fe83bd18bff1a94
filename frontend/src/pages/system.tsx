/** /system: definitions, Bungie, how old the data is; for those who run the server also jobs, storage, backups and members. */

import { useQuery } from "@tanstack/react-query";
import { sessionQuery } from "../api/session";
import { statusQuery } from "../api/status";
import type { Profile, Status } from "../api/types";
import { useFeed } from "../freshness/feed";
import "../styles/system.scss";
import { jobsQuery, systemQuery } from "../system/asking";
import { Backups } from "../system/Backups";
import { Alerts, Bungie, Data } from "../system/Bungie";
import { Definitions } from "../system/Definitions";
import { Jobs } from "../system/Jobs";
import { Members } from "../system/Members";
import { messages } from "../system/messages";
import { Asked, Panel } from "../system/Panel";
import { Server, Storage } from "../system/Storage";
import { bytes, trouble, uptime } from "../system/words";
import { Icon } from "../ui/Icon";
import { Trouble } from "../ui/Trouble";

export default function SystemPage() {
  const { profile } = useFeed();
  const { data: status, error, refetch } = useQuery(statusQuery);
  const user = useQuery(sessionQuery).data?.user;
  const admin = user?.role === "admin";
  return (
    <div className="page">
      <div className="page-h">
        <div>
          <h1>{messages.title}</h1>
          {status && (admin ? <ServerLine status={status} /> : <StatusLine status={status} />)}
        </div>
        {status && <About status={status} admin={admin} />}
      </div>
      {!status && error && <Trouble title={messages.failed} error={error} onRetry={() => void refetch()} />}
      {status && <Parts status={status} profile={profile} admin={admin} />}
    </div>
  );
}

interface PartsProps {
  status: Status;
  profile?: Profile;
  admin: boolean;
}

/** Who does not run the server sees less of it, never a broken panel. */
function Parts({ status, profile, admin }: PartsProps) {
  return (
    <div className="sys">
      <Definitions admin={admin} />
      <div className="s5 stack">
        <Bungie status={status} profile={profile} />
        <Data profile={profile} />
        {(!admin || status.alerts.length > 0) && <Alerts alerts={status.alerts} />}
      </div>
      {admin && (
        <>
          <Jobs />
          <Machine />
          <Members />
          <Host />
        </>
      )}
      {!admin && <p className="s-all t-13 t-3 mb-0">{messages.forAdmins}</p>}
    </div>
  );
}

function Machine() {
  const query = useQuery(systemQuery);
  if (query.data === undefined) {
    return (
      <div className="s5 stack">
        <Panel id="s-storage" title={messages.storage}>
          <Asked query={query}>{() => null}</Asked>
        </Panel>
      </div>
    );
  }
  const system = query.data;
  return (
    <div className="s5 stack">
      <Storage system={system} />
      {system.backups && <Backups backups={system.backups} />}
    </div>
  );
}

function Host() {
  const { data } = useQuery(systemQuery);
  return <div className="s5 stack">{data && <Server system={data} />}</div>;
}

function StatusLine({ status }: { status: Status }) {
  const fine = status.bungie.state === "up" && status.manifest.state === "ready";
  return <p>{fine ? messages.fine : messages.trouble}</p>;
}

/** What needs somebody who runs the server, before what only waits. */
function ServerLine({ status }: { status: Status }) {
  const jobs = useQuery(jobsQuery).data;
  const backups = useQuery(systemQuery).data?.backups;
  const sentence = jobs && trouble(jobs, backups?.trouble);
  if (!sentence) return <StatusLine status={status} />;
  return (
    <p>
      <Icon name="alert-triangle" extra="i-16 t-warn" /> {sentence}
    </p>
  );
}

function About({ status, admin }: { status: Status; admin: boolean }) {
  const { data } = useQuery({ ...systemQuery, enabled: admin });
  const facts = [
    messages.version(data?.version ?? status.version),
    data && messages.up(uptime(data.uptime_seconds)),
    data?.memory_bytes && messages.memory(bytes(data.memory_bytes)),
  ].filter(Boolean);
  return <span className="t-13 t-2">{facts.join(" · ")}</span>;
}
