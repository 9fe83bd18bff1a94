import { Problem, sentenceOf } from "../api/client";
import { Mid } from "./Mid";

interface Props {
  /** What could not be shown. */
  title: string;
  error: unknown;
  onRetry: () => void;
  heading?: "h1" | "h2" | "h3";
}

const AGAIN = "Try again";

/** In the place of what did not come: why, and a button that asks once more. Inside a panel (`h3`) it is smaller. */
export function Trouble({ title, error, onRetry, heading = "h2" }: Props) {
  return (
    <Mid
      icon="alert-triangle"
      tone="bad"
      heading={heading}
      title={title}
      reference={error instanceof Problem ? error.reference : undefined}
      actions={
        <button type="button" className={`btn btn-quiet ${heading === "h3" ? "btn-sm" : ""}`} onClick={onRetry}>
          {AGAIN}
        </button>
      }
    >
      <p>{sentenceOf(error)}</p>
    </Mid>
  );
}
