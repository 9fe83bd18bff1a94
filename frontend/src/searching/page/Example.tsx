import { Link } from "react-router";
import { ASKED } from "../../search/query";
import { piecesOf } from "../tokens";
import { messages } from "./messages";

/** A search that can be pressed: it shows in the vault what it finds. */
export function Example({ query, count }: { query: string; count?: number }) {
  return (
    <Link
      className="sexample"
      to={`/vault?${new URLSearchParams({ [ASKED]: query }).toString()}`}
      aria-label={messages.example(query, count)}
    >
      <Coloured query={query} />
      {count !== undefined && <span className="scount">{messages.items(count)}</span>}
    </Link>
  );
}

/** In the colours of the search field. */
export function Coloured({ query }: { query: string }) {
  return (
    <span className="mono">
      {piecesOf(query).map((piece, index) => (
        <span key={index} className={`q-${piece.look}`}>
          {piece.text}
        </span>
      ))}
    </span>
  );
}
