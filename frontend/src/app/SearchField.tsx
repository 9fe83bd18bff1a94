import { useRef } from "react";
import { useLocation, useNavigate } from "react-router";
import type { Profile } from "../api/types";
import { setQuery, useQueryText } from "../search/query";
import { useMatches } from "../search/useMatches";
import { Icon } from "../ui/Icon";
import { messages as vaultMessages } from "../vault/messages";
import { useKeys } from "./keys";
import { messages } from "./messages";

export const SEARCH_ID = "search";

export function SearchField({ profile }: { profile?: Profile }) {
  const text = useQueryText();
  const matches = useMatches(profile);
  const field = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const elsewhere = !pathname.startsWith("/vault") && !pathname.startsWith("/characters");
  const focus = () => {
    field.current?.focus();
    field.current?.select();
  };
  useKeys({ "/": focus, f: focus, Escape: () => setQuery("") });

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === "Escape") {
      event.preventDefault();
      if (text) setQuery("");
      else field.current?.blur();
    }
    if (event.key === "Enter" && elsewhere) void navigate("/vault");
  };
  const total = profile?.items.length ?? 0;
  return (
    <div className="find" role="search">
      <div className="find-box">
        <Icon name="search" />
        <input
          ref={field}
          className="q"
          id={SEARCH_ID}
          type="search"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          enterKeyHint="search"
          placeholder={messages.search}
          aria-label={messages.searchLabel}
          value={text}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={onKeyDown}
        />
        {matches && (
          <span className="hits">
            {matches.size.toLocaleString("en")}
            <span className="d-desk">
              {messages.of}
              {total.toLocaleString("en")}
            </span>
          </span>
        )}
        {text ? (
          <button
            type="button"
            className="btn btn-ghost btn-sm btn-icon"
            aria-label={messages.clearSearch}
            onClick={() => {
              setQuery("");
              field.current?.focus();
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
