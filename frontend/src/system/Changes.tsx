import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Dialog } from "../ui/Dialog";
import { changesQuery } from "./asking";
import { messages } from "./messages";
import { Asked } from "./Panel";
import type { Change, Changes as Told, Version } from "./wire";

const KINDS: readonly Change[] = ["added", "changed", "removed", "unclassified"];

interface Props {
  version: Version;
  /** The name of the version before; undefined when it is not known any more. */
  against?: string;
  onClose: () => void;
}

/** What differs between a version and the one before: in words, in numbers, and item by item. */
export function Changes({ version, against, onClose }: Props) {
  const query = useQuery(changesQuery(version.changes!.against, version.key));
  return (
    <Dialog title={messages.whatChanged} close={messages.close} onClose={onClose}>
      <div className="panel-b stack-2">
        <p className="t-13 t-2 mb-0">
          {against && (
            <>
              <span className="mono">{against}</span> →{" "}
            </>
          )}
          <span className="mono">{version.version}</span>
        </p>
        <Asked query={query}>{(told) => <Differences told={told} />}</Asked>
      </div>
    </Dialog>
  );
}

function Differences({ told }: { told: Told }) {
  const most = KINDS.find((kind) => told.counts[kind] > 0) ?? "added";
  const [kind, choose] = useState<Change>(most);
  const items = told.items[kind] ?? [];
  const all = told.counts[kind];
  return (
    <>
      <p className="mb-2">{told.sentence}</p>
      <div className="row-c wrap gap-4" role="group" aria-label={messages.kindsOf}>
        {KINDS.map((each) => (
          <button key={each} type="button" className="chip" aria-pressed={each === kind} onClick={() => choose(each)}>
            {messages.kinds[each]} <b>{told.counts[each].toLocaleString("en")}</b>
          </button>
        ))}
      </div>
      {items.length === 0 && <p className="t-13 t-2 mb-0 mt-2">{messages.noneOfThese}</p>}
      <ul className="citems">
        {items.map((item) => (
          <li key={item.hash}>
            {item.icon ? (
              <img src={item.icon} alt="" width="32" height="32" loading="lazy" />
            ) : (
              <span className="cno" aria-hidden="true" />
            )}
            <span className="clip-x">
              <span className="t-b">{item.name || messages.noName}</span>
              <span className="t-12 t-2 d-block">{item.type}</span>
            </span>
          </li>
        ))}
      </ul>
      {items.length < all && <p className="t-12 t-3 mb-0">{messages.onlyFirst(items.length, all.toLocaleString("en"))}</p>}
    </>
  );
}
