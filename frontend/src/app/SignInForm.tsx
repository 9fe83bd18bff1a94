import { useQuery } from "@tanstack/react-query";
import { useLocation } from "react-router";
import { sessionQuery } from "../api/session";
import { Icon } from "../ui/Icon";
import { messages } from "./messages";

/** Signing in leaves for Bungie, so it is a plain form; `next` brings back to this very place. */
export function SignInForm({ small }: { small?: boolean }) {
  const { pathname, search } = useLocation();
  return (
    <form method="post" action="/sign-in" className="m-0">
      <CsrfField />
      <input type="hidden" name="next" value={pathname + search} />
      <button type="submit" className={`btn btn-primary ${small ? "btn-sm" : ""}`}>
        <Icon name="login" extra={small ? "i-16" : ""} />
        {messages.signIn}
      </button>
    </form>
  );
}

export function CsrfField() {
  const { data } = useQuery(sessionQuery);
  return <input type="hidden" name="csrf_token" value={data?.csrf_token ?? ""} />;
}
