/** /updateManifest: how the game's definitions stand, and the button that looks for new ones. */

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { Link } from "react-router";
import { sentenceOf } from "../api/client";
import { sessionQuery } from "../api/session";
import { CsrfField } from "../app/SignInForm";
import { manifestQuery, update, type Manifest } from "../definitions/asking";
import { messages } from "../definitions/messages";
import { useWork } from "../system/asking";
import { Standing, State, Update } from "../system/Definitions";
import { Asked, Outcome, Panel } from "../system/Panel";
import type { Run } from "../system/wire";
import { saidOf } from "../system/words";
import "../styles/system.scss";
import { Icon } from "../ui/Icon";

const UPDATE = "update_manifest";
/** Milliseconds: what was asked for a moment ago begins soon. */
const SOON = 700;

export default function UpdateManifestPage() {
  const admin = useQuery(sessionQuery).data?.user?.role === "admin";
  const query = useQuery(manifestQuery);
  const work = useWork(UPDATE, update);
  const running = query.data?.running !== undefined;
  const busy = work.busy || running;
  useSoon(work.busy && !running, query.refetch);
  return (
    <div className="page narrow">
      <div className="page-h">
        <div>
          <h1>{messages.title}</h1>
          <p>{messages.lead}</p>
        </div>
      </div>
      <Panel id="u-now" title={messages.now} aside={query.data && <State manifest={query.data} />}>
        <Asked query={query}>
          {(manifest) => (
            <div className="panel-b stack">
              {manifest.running ? <Update manifest={manifest} /> : <Standing manifest={manifest} />}
              {admin ? <Button busy={busy} onPress={work.start} /> : <p className="t-13 t-2 mb-0">{messages.onlyAdmins}</p>}
              {work.error && <Outcome ok={false}>{sentenceOf(work.error)}</Outcome>}
              {!busy && work.run && <Outcome ok={work.run.state !== "failed"}>{outcomeOf(work.run, manifest)}</Outcome>}
            </div>
          )}
        </Asked>
      </Panel>
      <p className="t-13 mt-3">
        <Link to="/system">{messages.system}</Link>
      </p>
    </div>
  );
}

/** What came of it; of new definitions also what is new in them. */
function outcomeOf(run: Run, manifest: Manifest): string {
  const changes = manifest.versions.find((each) => each.key === run.result?.key)?.changes;
  return [saidOf(run), run.result?.result === "installed" && changes?.sentence].filter(Boolean).join(" ");
}

/** A form as the origin had it: its address is the page's own, and it does without any script, too. */
function Button({ busy, onPress }: { busy: boolean; onPress: () => void }) {
  return (
    <form
      method="post"
      action="/updateManifest"
      className="m-0"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) onPress();
      }}
    >
      <CsrfField />
      <button type="submit" className="btn btn-primary" aria-disabled={busy}>
        <Icon name={busy ? "loader-2" : "refresh"} extra={busy ? "spin" : ""} />
        {busy ? messages.updating : messages.update}
      </button>
    </form>
  );
}

/** Asks after it often until it has begun. */
function useSoon(waits: boolean, again: () => Promise<unknown>): void {
  useEffect(() => {
    if (!waits) return;
    const timer = setInterval(() => void again(), SOON);
    return () => clearInterval(timer);
  }, [waits, again]);
}
