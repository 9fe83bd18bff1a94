import type { ReactNode } from "react";
import { Icon } from "./Icon";
import type { IconName } from "./icons";

interface Props {
  icon: IconName;
  title: string;
  tone?: "bad" | "warn";
  heading?: "h1" | "h2" | "h3";
  reference?: string;
  children?: ReactNode;
  actions?: ReactNode;
}

/** A state in the middle of a page or panel: what happened, what still works, what to do. */
export function Mid({ icon, title, tone, heading: Heading = "h2", reference, children, actions }: Props) {
  return (
    <div className="mid">
      <span className={`big ${tone ?? ""}`}>
        <Icon name={icon} />
      </span>
      <Heading className="h3">{title}</Heading>
      <div className="mid-p">{children}</div>
      {actions && <div className="row-c wrap mid-a">{actions}</div>}
      {reference && <span className="t-12 t-3 mono">ref {reference}</span>}
    </div>
  );
}
