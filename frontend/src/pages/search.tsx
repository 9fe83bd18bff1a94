/** /search: how to search, every filter with live examples, and the searches that are kept. */

import { Link } from "react-router";
import { Filters } from "../searching/page/Filters";
import { Language } from "../searching/page/Language";
import { messages } from "../searching/page/messages";
import { Searches } from "../searching/page/Searches";
import { Tags } from "../searching/page/Tags";
import "../styles/search_page.scss";
import { Icon } from "../ui/Icon";

export default function SearchPage() {
  return (
    <div className="page spage">
      <div className="page-h">
        <div>
          <Link className="sback" to="/vault">
            <Icon name="chevron-left" extra="i-16" />
            {messages.vault}
          </Link>
          <h1>{messages.title}</h1>
          <p>{messages.lead}</p>
        </div>
      </div>
      <div className="sgrid">
        <div className="stack">
          <Language />
          <Filters />
        </div>
        <div className="stack">
          <Searches />
          <Tags />
        </div>
      </div>
    </div>
  );
}
