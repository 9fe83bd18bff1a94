import { useQuery } from "@tanstack/react-query";
import { useId, useRef, useState } from "react";
import { Link } from "react-router";
import { sessionQuery } from "../api/session";
import type { Profile } from "../api/types";
import { useClosing } from "../ui/closing";
import { Icon } from "../ui/Icon";
import { messages } from "./messages";
import { SignOut } from "./SignOut";
import { useTheme } from "./theme";

/** The picture at the top right: who is signed in, theme, keys, the way out. */
export function AccountMenu({ profile, onHelp }: { profile?: Profile; onHelp: () => void }) {
  const session = useQuery(sessionQuery).data;
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const panel = useId();
  useClosing(open, () => setOpen(false), box);
  const name = profile?.account.name ?? session?.user?.name ?? "";
  return (
    <div className="account d-desk" ref={box}>
      <button
        type="button"
        className="avatar"
        aria-label={messages.account(name)}
        aria-expanded={open}
        aria-controls={panel}
        onClick={() => setOpen(!open)}
      >
        <Avatar profile={profile} />
      </button>
      <div id={panel} className="menu account-menu" hidden={!open}>
        {open && (
          <>
            <Who profile={profile} />
            <hr className="hr" />
            <Link to="/settings#accounts" onClick={() => setOpen(false)}>
              <Icon name="user" extra="i-20" />
              <span className="grow">{messages.switchAccount}</span>
            </Link>
            <button
              type="button"
              onClick={() => {
                setOpen(false);
                onHelp();
              }}
            >
              <Icon name="keyboard" extra="i-20" />
              <span className="grow">{messages.keys}</span>
              <kbd>?</kbd>
            </button>
            <SignOut />
          </>
        )}
      </div>
    </div>
  );
}

export function Avatar({ profile }: { profile?: Profile }) {
  const emblem = profile?.characters[0]?.emblem;
  return emblem ? <img src={emblem} alt="" width="40" height="40" /> : <Icon name="user" />;
}

export function Who({ profile }: { profile?: Profile }) {
  const session = useQuery(sessionQuery).data;
  const facts = [session?.user?.role === "admin" && messages.owner, session?.demo && messages.demo].filter(Boolean).join(" · ");
  return (
    <div className="who">
      <span className="avatar">
        <Avatar profile={profile} />
      </span>
      <div className="grow clip">
        <b className="t-b">{profile?.account.name ?? session?.user?.name}</b>
        {facts && <div className="t-13 t-2 clip">{facts}</div>}
      </div>
    </div>
  );
}

export function ThemeButton() {
  const [theme, turn] = useTheme();
  const label = theme === "dark" ? messages.toLight : messages.toDark;
  return (
    <button type="button" className="btn btn-ghost btn-icon d-desk" aria-label={label} data-tip={label} onClick={turn}>
      <Icon name={theme === "dark" ? "sun" : "moon"} />
    </button>
  );
}
