import "../styles/life.scss";
import { useQuery } from "@tanstack/react-query";
import type { KeyboardEvent } from "react";
import { useLocation, useNavigate } from "react-router";
import { useKeys } from "../app/keys";
import { lifeQuery } from "../api/items";
import { LIFE } from "../past/at";
import { messages } from "./messages";

/** The end of the address of each section. */
export const OVERVIEW = "";
type Name = typeof OVERVIEW | typeof LIFE;

const LABELS: Record<Name, string> = { [OVERVIEW]: messages.overview, [LIFE]: messages.life };
const NAMES = Object.keys(LABELS) as Name[];

export interface Section {
  name: Name;
  label: string;
  /** How much is remembered, once that is known. */
  lived?: number;
  show: (name: Name) => void;
}

/** Which section of an item's sheet is shown: it stands in the address, so that it stays from one item to the next. */
export function useSection(id: string, stamp: string): Section {
  const location = useLocation();
  const navigate = useNavigate();
  const name = location.hash === LIFE ? LIFE : OVERVIEW;
  const lived = useQuery(lifeQuery(id, stamp)).data?.events.length;
  const show = (next: Name) => {
    const { pathname, search, state } = location;
    void navigate({ pathname, search, hash: next }, { replace: true, state: state as unknown });
  };
  useKeys({ h: () => show(name === LIFE ? OVERVIEW : LIFE) });
  return { name, label: LABELS[name], lived, show };
}

/** The tabs of the sheet. */
export function Sections({ section }: { section: Section }) {
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const next = NAMES[(NAMES.indexOf(section.name) + by + NAMES.length) % NAMES.length]!;
    section.show(next);
    document.getElementById(tabId(next))?.focus();
  };
  return (
    <div className="tabs" role="tablist" aria-label={messages.sections} onKeyDown={onKeyDown}>
      {NAMES.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={tabId(name)}
          aria-selected={name === section.name}
          aria-controls="sheet-body"
          aria-keyshortcuts={name === LIFE ? "h" : undefined}
          tabIndex={name === section.name ? 0 : -1}
          onClick={() => section.show(name)}
        >
          {LABELS[name]}
          {name === LIFE && section.lived !== undefined && <span className="count">{section.lived.toLocaleString("en")}</span>}
        </button>
      ))}
    </div>
  );
}

const tabId = (name: Name) => `tab-${name.replace("#", "") || "over"}`;
