/** One way to ask our own server. Every failure is a `Problem` with a sentence that can be shown as it is. */

export class Problem extends Error {
  override name = "Problem";

  constructor(
    readonly code: string,
    message: string,
    readonly status = 0,
    readonly reference?: string,
    /** Seconds. */
    readonly retryAfter?: number,
    readonly field?: string,
  ) {
    super(message);
  }
}

/** Codes of our own making, for what no server can say. */
export const NO_ANSWER = "no-answer";

const BASE = "/api/v1";
const SILENCE = "Vault Raider does not answer. Look whether it is running; this page tries again by itself.";

let csrf = "";

export function keepCsrfToken(token: string): void {
  csrf = token;
}

export interface Answer<T> {
  data: T;
  etag?: string;
  /** The server's clock, in milliseconds; absent when it did not say. */
  date?: number;
}

/**
 * What may be said beside a body. `patience`: milliseconds until no answer to a write is one. `signal`: takes a question back. `file`: the
 * answer is one, and is given as it is.
 */
export interface Manner {
  headers?: Record<string, string>;
  patience?: number;
  signal?: AbortSignal;
  file?: boolean;
}

/** Asks. With a token that has grown old (somebody signed in again in another tab) it takes the new one and asks once more. */
export async function ask<T>(path: string, method = "GET", body?: unknown, manner?: Manner): Promise<Answer<T>> {
  if (method === "GET") return askOnce<T>(path, method, undefined, manner);
  if (!csrf) await renewCsrfToken();
  try {
    return await askOnce<T>(path, method, body, manner);
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== "csrf") throw error;
    await renewCsrfToken();
    return askOnce<T>(path, method, body, manner);
  }
}

async function renewCsrfToken(): Promise<void> {
  keepCsrfToken((await askOnce<{ csrf_token: string }>("/session", "GET")).data.csrf_token);
}

async function askOnce<T>(path: string, method: string, body?: unknown, manner: Manner = {}): Promise<Answer<T>> {
  const headers: Record<string, string> = { Accept: "application/json", ...manner.headers };
  if (method !== "GET") headers["X-CSRFToken"] = csrf;
  if (body !== undefined) headers["Content-Type"] ??= "application/json";
  let response: Response;
  try {
    // No options but these for GET: the page's <link rel="preload"> must match to be used.
    const { signal } = manner;
    response = await fetch(
      BASE + path,
      method === "GET" ? signal && { signal } : { method, headers, body: asSent(body), ...limited(manner) },
    );
  } catch {
    throw new Problem(NO_ANSWER, SILENCE);
  }
  if (!response.ok) throw await problemOf(response);
  const date = Date.parse(response.headers.get("Date") ?? "");
  return {
    data: (response.status === 204 ? undefined : manner.file ? await response.blob() : await parsed(response)) as T,
    etag: response.headers.get("ETag") ?? undefined,
    date: Number.isNaN(date) ? undefined : date,
  };
}

/** A file goes as it is (say its type in a header), all else as JSON. */
function asSent(body: unknown): BodyInit | null {
  if (body instanceof Blob) return body;
  return body === undefined ? null : JSON.stringify(body);
}

function limited({ patience }: Manner): RequestInit {
  return patience === undefined ? {} : { signal: AbortSignal.timeout(patience) };
}

async function parsed(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    throw new Problem("garbled", "The answer cannot be read. Try again.", response.status);
  }
}

/** What an answer that is none says. */
export async function problemOf(response: Response): Promise<Problem> {
  let said: { code?: string; detail?: string; reference?: string; retry_after?: number; field?: string } = {};
  try {
    said = (await response.json()) as typeof said;
  } catch {
    // A proxy's page, or nothing: the status alone must do.
  }
  const header = Number(response.headers.get("Retry-After"));
  return new Problem(
    said.code ?? `http-${response.status}`,
    said.detail ?? `The server answered with status ${response.status}. Try again.`,
    response.status,
    said.reference,
    said.retry_after ?? (header > 0 ? header : undefined),
    said.field,
  );
}

/** Whether asking again later may help, without anybody doing anything. */
export function isPassing(problem: unknown): boolean {
  return problem instanceof Problem && (problem.code === NO_ANSWER || problem.status >= 500 || problem.status === 429);
}

export function sentenceOf(problem: unknown): string {
  return problem instanceof Error ? problem.message : String(problem);
}
