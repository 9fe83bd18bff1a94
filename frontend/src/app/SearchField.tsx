import { lazy, Suspense, useState } from "react";
import { useLocation, useNavigate } from "react-router";
import type { Profile } from "../api/types";
import { LONGEST_QUERY, setQuery, useQueryText } from "../search/query";
import { useMatches } from "../search/useMatches";
import { Icon } from "../ui/Icon";
import { messages as vaultMessages } from "../vault/messages";
import { ErrorBoundary } from "./ErrorBoundary";
import { useKeys } from "./keys";
import { messages } from "./messages";

/** Colours, suggestions and what else goes beyond a plain field; it also asks the server. */
const Searching = lazy(() => import("../searching/Searching"));

export const SEARCH_ID = "search";

/** What the field says of the list of suggestions under it. */
export interface Combo {
  "aria-expanded": boolean;
  "aria-controls"?: string;
  "aria-activedescendant"?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
}

const CLOSED: Combo = { "aria-expanded": false };

export function SearchField({ profile }: { profile?: Profile }) {
  const text = useQueryText();
  const matches = useMatches(profile);
  const [field, setField] = useState<HTMLInputElement | null>(null);
  const [touched, setTouched] = useState(false);
  const [combo, setCombo] = useState(CLOSED);
  // Who is quicker than what comes later has searched already: it must not unfold over what was found.
  const [entered, setEntered] = useState<{ text: string; acts: boolean }>();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const elsewhere = !/^\/(vault|characters|organizer)/.test(pathname);
  const focus = () => {
    field?.focus();
    field?.select();
  };
  useKeys({ "/": focus, f: focus, Escape: () => setQuery("") });

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === "Escape") {
      event.preventDefault();
      if (text) setQuery("");
      else field?.blur();
    }
    if (event.key !== "Enter") return;
    setEntered({ text, acts: event.ctrlKey || event.metaKey });
    if (elsewhere) void navigate("/vault");
  };
  const total = profile?.items.length ?? 0;
  return (
    <div className="find" role="search">
      <div className="find-box">
        <Icon name="search" />
        <span className="q-in">
          <input
            ref={setField}
            className="q"
            id={SEARCH_ID}
            type="search"
            role="combobox"
            aria-autocomplete="list"
            {...combo}
            autoComplete="off"
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            enterKeyHint="search"
            maxLength={LONGEST_QUERY}
            placeholder={messages.search}
            aria-label={messages.searchLabel}
            value={text}
            onChange={(event) => setQuery(event.target.value)}
            onKeyDown={onKeyDown}
            onFocus={() => setTouched(true)}
          />
        </span>
        {matches && (
          <span className="hits">
            {matches.size.toLocaleString("en")}
            <span className="d-desk">
              {messages.of}
              {total.toLocaleString("en")}
            </span>
          </span>
        )}
        {field && profile && (touched || text !== "") && (
          <ErrorBoundary instead={null}>
            <Suspense>
              <Searching
                field={field}
                profile={profile}
                entered={text !== "" && entered?.text === text}
                acting={entered?.acts}
                onCombo={setCombo}
              />
            </Suspense>
          </ErrorBoundary>
        )}
        {text ? (
          <button
            type="button"
            className="btn btn-ghost btn-sm btn-icon"
            aria-label={messages.clearSearch}
            onClick={() => {
              setQuery("");
              field?.focus();
            }}
          >
            <Icon name="x" extra="i-16" />
          </button>
        ) : (
          <kbd className="kbd-hint">/</kbd>
        )}
      </div>
      <span className="visually-hidden" role="status">
        {matches && vaultMessages.counted(matches.size, total)}
      </span>
    </div>
  );
}
