import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { sentenceOf } from "../api/client";
import { manifestQuery, update } from "../definitions/asking";
import { useNow } from "../freshness/clock";
import { Outline } from "../ui/Icon";
import { ICONS } from "../ui/icons";
import { useWork } from "./asking";
import { Changes } from "./Changes";
import { messages } from "./messages";
import { Asked, Chip, Facts, Moment, Outcome, Panel } from "./Panel";
import { Versions } from "./Versions";
import type { Manifest, Version } from "./wire";
import { bytes, saidOf, until } from "./words";

const UPDATE = "update_manifest";

/** The versions of the game's definitions: the one in use, a running update, those before, and what changed. */
export function Definitions({ admin }: { admin: boolean }) {
  const query = useQuery(manifestQuery);
  const work = useWork(UPDATE, update);
  const [shown, show] = useState<Version>();
  const manifest = query.data as Manifest | undefined;
  const busy = work.busy || manifest?.running !== undefined;
  return (
    <Panel
      id="s-def"
      title={messages.definitions}
      wide
      aside={
        <>
          {manifest && <State manifest={manifest} />}
          {admin && (
            <button type="button" className="btn btn-ghost btn-sm" aria-disabled={busy} onClick={() => busy || work.start()}>
              {messages.check}
            </button>
          )}
        </>
      }
    >
      <Asked query={query}>
        {(data) => (
          <>
            <div className="panel-b stack-2">
              {data.running ? (
                <Update manifest={data as Manifest} />
              ) : (
                <Standing manifest={data as Manifest} listed={data.versions.length > 0} />
              )}
              {work.error && <Outcome ok={false}>{sentenceOf(work.error)}</Outcome>}
              {!busy && work.run && <Outcome ok={work.run.state !== "failed"}>{saidOf(work.run)}</Outcome>}
            </div>
            {data.versions.length > 0 && <Versions versions={data.versions as Version[]} onChanges={show} />}
          </>
        )}
      </Asked>
      {shown?.changes && (
        <Changes version={shown} against={nameOf(manifest, shown.changes.against)} onClose={() => show(undefined)} />
      )}
    </Panel>
  );
}

const nameOf = (manifest: Manifest | undefined, key: string) => manifest?.versions.find((each) => each.key === key)?.version;

export function State({ manifest }: { manifest: Manifest }) {
  if (manifest.running) return <Chip tone="info" path={ICONS["loader-2"]} turns>{messages.updating}</Chip>;
  if (!manifest.active) return <Chip tone="warn" path={ICONS["alert-triangle"]}>{messages.missing}</Chip>;
  if (manifest.failures) return <Chip tone="warn" path={ICONS["alert-triangle"]}>{messages.notUpdated}</Chip>;
  return <Chip tone="ok" path={ICONS["circle-check"]}>{messages.inUse}</Chip>;
} // prettier-ignore

/** Between two updates. `listed`: the versions stand below, each with its time. */
export function Standing({ manifest, listed = false }: { manifest: Manifest; listed?: boolean }) {
  const now = useNow();
  const active = manifest.versions.find((each) => each.key === manifest.active);
  return (
    <>
      {manifest.sentence && <p className="t-13 t-warn mb-0">{manifest.sentence}</p>}
      <Facts
        facts={[
          [messages.versionOf, !listed && active && <span className="mono">{active.version}</span>],
          [messages.language, active?.language],
          [messages.updated, !listed && active?.from && <Moment at={active.from} now={now} />],
          [messages.checked, manifest.checked && <Moment at={manifest.checked} now={now} />],
          [messages.nextLook, manifest.next && until(Date.parse(manifest.next), now)],
          [messages.onDisk, manifest.disk_bytes > 0 && bytes(manifest.disk_bytes)],
        ]}
      />
    </>
  );
}

const STEPS = { done: ICONS["circle-check"], now: ICONS["loader-2"], later: ICONS["circle-dashed"] };

/** While a new version comes: how far it is, step by step. */
export function Update({ manifest }: { manifest: Manifest }) {
  const running = manifest.running!;
  const percent = Math.round(running.percent ?? 0);
  const step = running.steps.find((each) => each.state === "now");
  return (
    <>
      <div className="row-c between wrap">
        <b className="t-b">{running.sentence ?? step?.title}</b>
        <span className="t-13 t-2">{percent} %</span>
      </div>
      <div
        className="progress"
        role="progressbar"
        aria-label={messages.updating}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={`${percent} %, ${step?.title ?? ""}`}
      >
        <div className="progress-bar" style={{ width: `${percent}%` }} />
      </div>
      <ol className="pipe">
        {running.steps.map((each) => (
          <li key={each.name} className={each.state} aria-current={each.state === "now" ? "step" : undefined}>
            <Outline path={STEPS[each.state]} extra={`i-16 ${each.state === "now" ? "spin" : ""}`} />
            {each.title}
          </li>
        ))}
      </ol>
      <p className="t-13 t-2 mb-0">{manifest.active ? messages.keeps : messages.first}</p>
    </>
  );
}
