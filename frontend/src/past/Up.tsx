import { Link } from "react-router";
import { Icon } from "../ui/Icon";
import { messages } from "./messages";

/** The way back to where these pages belong. `lost`: by the list of what is gone. */
export function Up({ lost }: { lost?: boolean }) {
  return (
    <nav className="past-up" aria-label={messages.back}>
      <Link to="/timeline">
        <Icon name="chevron-left" extra="i-16" />
        {messages.back}
      </Link>
      {lost && <Link to="/timeline/lost">{messages.lostTitle}</Link>}
    </nav>
  );
}
