import { headerOf } from "#adapters/email-reading/mime.ts";
import type { Header } from "../mail/message.ts";

export type Unsubscribed = { ok: boolean; says: string };

/** The https (or, locally, http) address of List-Unsubscribe, where the mail offers one-click (RFC 8058 §3.1). */
export function oneClickUrl(headers: readonly Header[]): string | null {
  const posts = headerOf(headers, "list-unsubscribe-post")?.trim().toLowerCase() === "list-unsubscribe=one-click";
  const links = headerOf(headers, "list-unsubscribe") ?? "";
  return posts ? (/<(https?:[^<>]+)>/i.exec(links)?.[1] ?? null) : null;
}

/** Posts as a mail client does: no cookie, no redirect followed, 10 seconds. Answers what came of it in a sentence. */
export async function unsubscribe(headers: readonly Header[]): Promise<Unsubscribed> {
  const url = oneClickUrl(headers);
  if (url === null)
    return {
      ok: false,
      says: "This message offers no one-click unsubscribe: List-Unsubscribe needs an https address and List-Unsubscribe-Post beside it.",
    };
  const started = performance.now();
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "List-Unsubscribe=One-Click",
      redirect: "manual",
      signal: AbortSignal.timeout(10_000),
    });
    await answer.arrayBuffer();
    const took = Math.round(performance.now() - started);
    if (answer.ok) return { ok: true, says: `Unsubscribed: ${answer.status} in ${took} ms.` };
    if (answer.status >= 300 && answer.status < 400)
      return { ok: false, says: `Answered ${answer.status}: a one-click address must not redirect (RFC 8058 §3.1).` };
    return { ok: false, says: `Answered ${answer.status}: mail clients want 2xx.` };
  } catch {
    return { ok: false, says: `${new URL(url).host} did not answer within 10 seconds. Is the site running?` };
  }
}
