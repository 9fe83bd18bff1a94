import { Link } from "react-router";
import "../styles/page_head.scss";
import { Icon } from "./Icon";

interface Props {
  /** Where people come from, and its name. */
  back: string;
  backName: string;
  title: string;
  lead: string;
}

/** The head of a page that belongs to another: the way back, what it is, and what it is for. */
export function PageHead({ back, backName, title, lead }: Props) {
  return (
    <div className="page-h">
      <div>
        <Link className="page-back" to={back}>
          <Icon name="chevron-left" extra="i-16" />
          {backName}
        </Link>
        <h1>{title}</h1>
        <p>{lead}</p>
      </div>
    </div>
  );
}
