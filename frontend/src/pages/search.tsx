/** /search: how to search, every filter with live examples, and the searches that are kept. */

import { Filters } from "../searching/page/Filters";
import { Language } from "../searching/page/Language";
import { messages } from "../searching/page/messages";
import { Searches } from "../searching/page/Searches";
import { Tags } from "../searching/page/Tags";
import "../styles/search_page.scss";
import { PageHead } from "../ui/PageHead";

export default function SearchPage() {
  return (
    <div className="page spage">
      <PageHead back="/vault" backName={messages.vault} title={messages.title} lead={messages.lead} />
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
