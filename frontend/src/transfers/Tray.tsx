/** The moves: a pill while something runs or needs somebody, the tray when it is asked for, and the sentence that tells the end. */

import { useEffect, useRef, type RefObject } from "react";
import { Link, useLocation } from "react-router";
import { useKeys } from "../app/keys";
import { useFeed } from "../freshness/feed";
import { useNow } from "../freshness/clock";
import "../styles/tray.scss";
import { openItemIn } from "../items/openItem";
import { Icon, Outline } from "../ui/Icon";
import { usePhone } from "../ui/usePhone";
import { Card } from "./Card";
import { MOVE_ICONS } from "./icons";
import { useTransfers } from "./live";
import { messages } from "./messages";
import { words } from "./tray_messages";
import { become, dismiss, usePanel } from "./panel";
import { Pill } from "./Pill";
import { PlanFirst } from "./PlanFirst";
import { shownOf } from "./shown";
import { needsYou, sumsOf } from "./standing";
import { hasEnded } from "./store";
import { Told } from "./Told";
import { useStream } from "./useStream";
import { namesOf } from "./words";

const JOURNAL = "/journal";

export function Tray() {
  useStream();
  const { open, planning, dismissed } = usePanel();
  const { pathname } = useLocation();
  const now = useNow(30);
  const sums = sumsOf(useTransfers(), dismissed, now);
  // On a phone the item's sheet covers the page: nothing beneath it takes focus.
  const covered = usePhone() && openItemIn(pathname) !== undefined;
  return (
    <>
      {!covered && (open ? <Opened /> : <Pill sums={sums} />)}
      <Told />
      {planning && <PlanFirst planning={planning} />}
    </>
  );
}

function Opened() {
  const { profile } = useFeed();
  const panel = usePanel();
  const now = useNow(30);
  const all = useTransfers();
  const shown = shownOf(all, panel, now);
  const box = useRef<HTMLElement>(null);
  const fold = useFolding(box);
  const nameOf = namesOf(profile?.characters);
  const over = shown.filter((each) => hasEnded(each));
  return (
    <aside className="tray" aria-label={messages.moves} tabIndex={-1} ref={box}>
      <div className="tray-h">
        <Icon name="transfer" />
        <h2 className="grow">{messages.moves}</h2>
        <span className="t-12 t-2">{summary(sumsOf(all, panel.dismissed, now))}</span>
        <button type="button" className="btn btn-ghost btn-sm btn-icon" aria-label={words.fold} data-tip={words.fold} onClick={fold}>
          <Icon name="chevron-down" extra="i-16" />
        </button>
      </div>
      {shown.length > 0 ? (
        <ol className="tray-b" tabIndex={0} aria-label={messages.moves}>
          {shown.map((each) => <Card key={each.id} transfer={each} nameOf={nameOf} />)}
        </ol>
      ) : (
        <div className="tray-e">
          <p className="t-b">{words.none}</p>
          <p className="t-13 t-2 mb-0">{words.noneWhy}</p>
        </div>
      )}
      <div className="tray-f">
        <Link to={JOURNAL} onClick={fold} className="btn btn-ghost btn-sm">
          <Outline path={MOVE_ICONS.right} extra="i-14" />
          {words.all}
        </Link>
        {over.length > 1 && (
          <button type="button" className="btn btn-ghost btn-sm push" onClick={() => dismiss(...over.map((each) => each.id))}>
            {words.tidy}
          </button>
        )}
      </div>
    </aside>
  ); // prettier-ignore

  function summary({ running, needing }: ReturnType<typeof sumsOf>): string {
    const waiting = running.filter((each) => each.state === "waiting").length;
    return [
      running.length > waiting && words.running(running.length - waiting),
      waiting && words.waitsFor(waiting),
      needing.filter((each) => needsYou(each, now)).length && words.needing(needing.length),
    ]
      .filter(Boolean)
      .join(" · ");
  }
}

/** Takes focus when it opens and gives it back; Escape folds it, and so does focus that goes beneath it. */
function useFolding(box: RefObject<HTMLElement | null>): () => void {
  const before = useRef<Element | null>(null);
  const fold = () => {
    const inside = box.current?.contains(document.activeElement);
    become({ open: false, shown: undefined });
    if (inside) requestAnimationFrame(() => back(before.current)?.focus());
  };
  useKeys({ Escape: fold });

  useEffect(() => {
    before.current = document.activeElement;
    box.current?.focus({ preventScroll: true });
    const beneath = (event: FocusEvent) => {
      const [target, tray] = [event.target as Element, box.current];
      if (!tray || tray.contains(target) || target.closest("[data-moves]")) return;
      if (overlap(target.getBoundingClientRect(), tray.getBoundingClientRect())) become({ open: false, shown: undefined });
    };
    document.addEventListener("focusin", beneath);
    return () => document.removeEventListener("focusin", beneath);
  }, [box]);
  return fold;
}

function back(before: Element | null): HTMLElement | null {
  if (before instanceof HTMLElement && before.isConnected && before !== document.body) return before;
  return document.querySelector<HTMLElement>(".pill") ?? document.querySelector<HTMLElement>("[data-moves]");
}

function overlap(a: DOMRect, b: DOMRect): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
