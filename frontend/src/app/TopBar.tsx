import { Link } from "react-router";
import { usePast } from "../api/profile";
import { useFeed } from "../freshness/feed";
import { Freshness } from "../freshness/Freshness";
import { MovesButton } from "../transfers/Moves";
import { Icon } from "../ui/Icon";
import { AccountMenu, ThemeButton } from "./AccountMenu";
import { messages } from "./messages";
import { SearchField } from "./SearchField";

/** `title`: on a phone, pages without items show it in place of the search field. */
export function TopBar({ title, onHelp }: { title?: string; onHelp: () => void }) {
  const { profile } = useFeed();
  const past = usePast();
  return (
    <header className={`topbar ${title ? "titled" : ""}`}>
      {title && <span className="d-phone clip grow t-16 t-b">{title}</span>}
      <SearchField profile={past ?? profile} />
      <div className="row-c push gap-4">
        <Freshness />
        {title && (
          <Link to="/vault" className="btn btn-ghost btn-icon d-phone" aria-label={messages.search}>
            <Icon name="search" extra="i-20" />
          </Link>
        )}
        <MovesButton />
        <ThemeButton />
        <AccountMenu profile={profile} onHelp={onHelp} />
      </div>
    </header>
  );
}
