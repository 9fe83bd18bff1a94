/** /wishes: the lists that say which rolls are worth keeping, and one's own. */

import { Link } from "react-router";
import "../styles/wishes.scss";
import { Icon } from "../ui/Icon";
import { Lists } from "../wishes/Lists";
import { messages } from "../wishes/messages";
import { Own } from "../wishes/Own";

export default function WishesPage() {
  return (
    <div className="page wpage">
      <div className="page-h">
        <div>
          <Link className="wback" to="/settings#wishes">
            <Icon name="chevron-left" extra="i-16" />
            {messages.settings}
          </Link>
          <h1>{messages.title}</h1>
          <p>{messages.lead}</p>
        </div>
      </div>
      <div className="stack">
        <Lists />
        <Own />
      </div>
    </div>
  );
}
