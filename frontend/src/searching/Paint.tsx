import { useState } from "react";
import { createPortal } from "react-dom";
import { useScrolledAlong } from "./caret";
import { piecesOf } from "./tokens";
import type { Remark } from "./useFlaw";

/** The text of the field in colours, laid over it. The field itself goes on taking every letter at once. */
export function Paint({ field, text, flaw }: { field: HTMLInputElement; text: string; flaw?: Remark }) {
  const [copy, setCopy] = useState<HTMLElement | null>(null);
  useScrolledAlong(field, copy, text);
  if (!text) return null;
  return createPortal(
    <span className="q q-paint" aria-hidden="true" ref={setCopy}>
      {piecesOf(text, flaw).map((piece, index) => (
        <span key={index} className={`q-${piece.look} ${piece.flawed ? (flaw?.hint ? "q-hint" : "q-flaw") : ""}`}>
          {piece.text}
        </span>
      ))}
    </span>,
    field.parentElement!,
  );
}
