import { useEffect, useRef } from "react";
import { Link } from "react-router";
import type { Profile } from "../api/types";
import "../styles/more.scss";
import { toggleTray } from "../transfers/panel";
import { messages as moveMessages } from "../transfers/messages";
import { Icon } from "../ui/Icon";
import { Who } from "./AccountMenu";
import { messages } from "./messages";
import type { Entry } from "./navigation";
import { SignOut } from "./SignOut";
import { useTheme } from "./theme";

interface Props {
  profile?: Profile;
  menu: readonly Entry[];
  onClose: () => void;
}

/** What the tab bar has no room for. */
export function MoreSheet({ profile, menu, onClose }: Props) {
  const [theme, turn] = useTheme();
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    const outside = (event: Event) => {
      const target = event.target as Element;
      if (!box.current?.contains(target) && !target.closest?.("[data-more]")) onClose();
    };
    document.addEventListener("pointerdown", outside);
    box.current?.querySelector<HTMLElement>("a")?.focus({ preventScroll: true });
    return () => document.removeEventListener("pointerdown", outside);
  }, [onClose]);
  return (
    <nav className="moresheet" id="more" aria-label={messages.more} ref={box}>
      <Who profile={profile} />
      <button
        type="button"
        data-moves
        onClick={() => {
          onClose();
          toggleTray();
        }}
      >
        <Icon name="transfer" extra="i-20" />
        <span className="grow">{moveMessages.moves}</span>
      </button>
      {menu
        .filter((entry) => entry.phone === "more")
        .map((entry) => (
          <Link key={entry.path} to={`/${entry.path}`} onClick={onClose}>
            <Icon name={entry.icon} extra="i-20" />
            <span className="grow">{entry.label}</span>
          </Link>
        ))}
      <hr className="hr" />
      <button type="button" onClick={turn}>
        <Icon name={theme === "dark" ? "sun" : "moon"} extra="i-20" />
        <span className="grow">{theme === "dark" ? messages.lightTheme : messages.darkTheme}</span>
      </button>
      <SignOut />
    </nav>
  );
}
