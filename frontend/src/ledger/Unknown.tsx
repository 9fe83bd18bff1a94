import { Link } from "react-router";
import { Mid } from "../ui/Mid";
import { messages } from "./messages";

/** Deleted meanwhile, or never there. */
export function Unknown() {
  return (
    <Mid
      icon="help-circle"
      title={messages.unknown}
      actions={
        <Link className="btn btn-quiet" to="/ledgers">
          {messages.toAll}
        </Link>
      }
    >
      <p>{messages.unknownWhy}</p>
    </Mid>
  );
}
