/** /wishes: the lists that say which rolls are worth keeping, and one's own. */

import "../styles/wishes.scss";
import { PageHead } from "../ui/PageHead";
import { Lists } from "../wishes/Lists";
import { messages } from "../wishes/messages";
import { Own } from "../wishes/Own";

export default function WishesPage() {
  return (
    <div className="page wpage">
      <PageHead back="/settings#wishes" backName={messages.settings} title={messages.title} lead={messages.lead} />
      <div className="stack">
        <Lists />
        <Own />
      </div>
    </div>
  );
}
