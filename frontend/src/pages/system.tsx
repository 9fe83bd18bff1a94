/** /system: definitions, Bungie, and how old the data is. */

import type { ReactNode } from "react";
import { useQuery } from "@tanstack/react-query";
import { sentenceOf } from "../api/client";
import { statusQuery } from "../api/status";
import type { BungieState, Profile, Status } from "../api/types";
import { useNow } from "../freshness/clock";
import { useFeed } from "../freshness/feed";
import { ago, clock, inFull } from "../freshness/words";
import { messages } from "../system/messages";
import { Icon } from "../ui/Icon";
import type { IconName } from "../ui/icons";
import { Mid } from "../ui/Mid";

export default function SystemPage() {
  const { profile } = useFeed();
  const { data: status, error, refetch } = useQuery(statusQuery);
  const fine = !status || (status.bungie.state === "up" && status.manifest.state === "ready");
  return (
    <div className="page">
      <div className="page-h">
        <div>
          <h1>{messages.title}</h1>
          {status && <p>{fine ? messages.fine : messages.trouble}</p>}
        </div>
        {status && <span className="t-13 t-2">{messages.version(status.version)}</span>}
      </div>
      {!status && error && (
        <Mid
          icon="alert-triangle"
          tone="bad"
          title={messages.failed}
          actions={
            <button type="button" className="btn btn-quiet" onClick={() => void refetch()}>
              {messages.again}
            </button>
          }
        >
          <p>{sentenceOf(error)}</p>
        </Mid>
      )}
      {status && (
        <div className="sys">
          <Definitions manifest={status.manifest} />
          <Bungie status={status} />
          <Data profile={profile} />
          <Alerts alerts={status.alerts} />
        </div>
      )}
    </div>
  );
}

type Tone = "ok" | "warn" | "bad" | "info";

function Panel({
  id,
  title,
  chip,
  wide,
  children,
}: {
  id: string;
  title: string;
  chip?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}) {
  return (
    <section className={`panel ${wide ? "s7" : "s5"}`} aria-labelledby={id}>
      <div className="panel-h">
        <h2 id={id} className="grow">
          {title}
        </h2>
        {chip}
      </div>
      <div className="panel-b">{children}</div>
    </section>
  );
}

function Chip({ tone, icon, children }: { tone: Tone; icon: IconName; children: ReactNode }) {
  return (
    <span className={`chip chip-${tone}`}>
      <Icon name={icon} extra={`i-14 ${icon === "loader-2" ? "spin" : ""}`} />
      {children}
    </span>
  );
}

function Definitions({ manifest }: { manifest: Status["manifest"] }) {
  const now = useNow(30);
  const chip = {
    ready: <Chip tone="ok" icon="circle-check">{messages.ready}</Chip>,
    fetching: <Chip tone="info" icon="loader-2">{messages.fetching}</Chip>,
    missing: <Chip tone="warn" icon="alert-triangle">{messages.missing}</Chip>,
  }[manifest.state]; // prettier-ignore
  const percent = Math.round(manifest.percent ?? 0);
  return (
    <Panel id="s-def" title={messages.definitions} chip={chip} wide>
      {manifest.state === "fetching" && (
        <>
          <div className="row-c between t-13">
            <span>{manifest.sentence ?? manifest.step}</span>
            <span className="t-2">{percent} %</span>
          </div>
          <div
            className="progress my-2"
            role="progressbar"
            aria-label={messages.fetching}
            aria-valuenow={percent}
            aria-valuemin={0}
            aria-valuemax={100}
          >
            <div className="progress-bar" style={{ width: `${percent}%` }} />
          </div>
          {manifest.version && <p className="t-13 t-2">{messages.keeps}</p>}
        </>
      )}
      {manifest.state === "missing" && manifest.sentence && <p className="t-13 t-2">{manifest.sentence}</p>}
      <dl className="facts2">
        {manifest.version && (
          <>
            <dt>{messages.versionOf}</dt>
            <dd className="mono">{manifest.version}</dd>
          </>
        )}
        {manifest.language && (
          <>
            <dt>{messages.language}</dt>
            <dd>{manifest.language}</dd>
          </>
        )}
        {manifest.updated && (
          <>
            <dt>{messages.updated}</dt>
            <dd>
              <Moment at={manifest.updated} now={now} />
            </dd>
          </>
        )}
      </dl>
    </Panel>
  );
}

const STATES: Record<BungieState, { tone: Tone; icon: IconName }> = {
  up: { tone: "ok", icon: "circle-check" },
  maintenance: { tone: "warn", icon: "barrier-block" },
  unreachable: { tone: "bad", icon: "alert-circle" },
  throttled: { tone: "warn", icon: "clock" },
  unknown: { tone: "info", icon: "circle-dashed" },
};

function Bungie({ status }: { status: Status }) {
  const now = useNow(30);
  const { state, since, sentence } = status.bungie;
  const { tone, icon } = STATES[state];
  return (
    <Panel
      id="s-bungie"
      title={messages.bungie}
      chip={
        <Chip tone={tone} icon={icon}>
          {messages[state]}
        </Chip>
      }
    >
      {sentence && <p className="t-13 t-2 mb-2">{sentence}</p>}
      {since && (
        <dl className="facts2">
          <dt>{messages.since}</dt>
          <dd>
            <Moment at={since} now={now} />
          </dd>
        </dl>
      )}
    </Panel>
  );
}

function Data({ profile }: { profile?: Profile }) {
  const now = useNow();
  return (
    <Panel id="s-data" title={messages.data} wide>
      {!profile ? (
        <p className="t-13 t-2 mb-0">{messages.none}</p>
      ) : (
        <dl className="facts2">
          <dt>{messages.account}</dt>
          <dd>{profile.account.name}</dd>
          <dt>{messages.items}</dt>
          <dd>{profile.items.length.toLocaleString("en")}</dd>
          <dt>{messages.guardians}</dt>
          <dd>{profile.characters.length}</dd>
          <dt>{messages.read}</dt>
          <dd>
            <Moment at={profile.read} now={now} />
          </dd>
          {profile.minted && (
            <>
              <dt>{messages.stamp}</dt>
              <dd>
                <Moment at={profile.minted} now={now} />
              </dd>
            </>
          )}
        </dl>
      )}
    </Panel>
  );
}

function Alerts({ alerts }: { alerts: Status["alerts"] }) {
  return (
    <Panel id="s-alerts" title={messages.alerts}>
      {!alerts.length && <p className="t-13 t-2 mb-0">{messages.noAlerts}</p>}
      {alerts.map((each) => (
        <div className="note info mb-2" key={each.time + each.text}>
          <Icon name="info-circle" />
          <div className="grow">
            {each.text} {each.link && <a href={each.link} rel="noreferrer noopener">{messages.more}</a>}
          </div>
        </div>
      ))}
    </Panel>
  ); // prettier-ignore
}

function Moment({ at, now }: { at: string; now: number }) {
  const then = Date.parse(at);
  return (
    <time dateTime={at} title={inFull(then)}>
      {now - then < 3_600_000 ? ago(then, now) : clock(then, now)}
    </time>
  );
}
