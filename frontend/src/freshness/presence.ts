import { useSyncExternalStore } from "react";

function onNetwork(listener: () => void): () => void {
  addEventListener("online", listener);
  addEventListener("offline", listener);
  return () => {
    removeEventListener("online", listener);
    removeEventListener("offline", listener);
  };
}

function onVisibility(listener: () => void): () => void {
  document.addEventListener("visibilitychange", listener);
  return () => document.removeEventListener("visibilitychange", listener);
}

/** Whether this device has a network. */
export const useOnline = () => useSyncExternalStore(onNetwork, () => navigator.onLine);

/** Whether somebody may be looking. */
export const useVisible = () => useSyncExternalStore(onVisibility, () => document.visibilityState === "visible");
