import { useState } from "react";
import { sentenceOf } from "../api/client";
import { oneTransfer } from "../api/transfers";
import { transfers } from "../transfers/live";
import { become } from "../transfers/panel";
import { messages } from "./messages";

/** Shows a move in the tray, where it can be taken back. `problem`: why it cannot be shown. */
export function useMove() {
  const [problem, setProblem] = useState<string>();
  const show = (id: string) => {
    setProblem(undefined);
    oneTransfer(id).then(
      (found) => {
        transfers.take([found]);
        become({ open: true, shown: id });
      },
      (error: unknown) => setProblem(`${messages.noMove}. ${sentenceOf(error)}`),
    );
  };
  return { problem, show };
}
