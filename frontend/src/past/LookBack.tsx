import { useNavigate } from "react-router";
import { serverNow } from "../freshness/clock";
import { Icon } from "../ui/Icon";
import { atSearch, useAt } from "./at";

const LABEL = "Look back in time";
/** Milliseconds by which our clock may be ahead of the server's. */
const AHEAD = 5_000;

/** From now into the past: to this very minute, from where one steps back. */
export function LookBack() {
  const at = useAt();
  const navigate = useNavigate();
  if (at) return null;
  const go = () => {
    const minute = new Date(serverNow() - AHEAD).toISOString().slice(0, "2026-11-15T20:00".length);
    void navigate(`/vault${atSearch(`${minute}Z`)}`);
  };
  return (
    <button type="button" className="btn btn-ghost btn-sm btn-icon" aria-label={LABEL} data-tip={LABEL} onClick={go}>
      <Icon name="history" extra="i-16" />
    </button>
  );
}
