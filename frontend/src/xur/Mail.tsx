import { Link } from "react-router";
import { XurIcon } from "./icons";
import { messages } from "./messages";

/** That the same list is sent, and where to see what was. */
export function Mail() {
  return (
    <section className="panel" aria-labelledby="xur-mail">
      <div className="panel-b xmail">
        <XurIcon name="mail" extra="i-20 t-2" />
        <div>
          <h2 className="h4" id="xur-mail">
            {messages.mailTitle}
          </h2>
          <p className="t-13 t-2 mb-2">{messages.mailWhy}</p>
          <Link to="/notifications">{messages.mailWhere}</Link>
        </div>
      </div>
    </section>
  );
}
