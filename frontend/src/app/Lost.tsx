import { Link } from "react-router";
import { Mid } from "../ui/Mid";
import { messages } from "./messages";

/** No page has this address. */
export function Lost() {
  return (
    <div className="page">
      <Mid
        heading="h1"
        icon="help-circle"
        title={messages.lostTitle}
        actions={
          <Link className="btn btn-quiet" to="/vault">
            {messages.toVault}
          </Link>
        }
      >
        <p>{messages.lostWhy}</p>
      </Mid>
    </div>
  );
}
