import { headerOf } from "#adapters/email-reading/mime.ts";
import type { Receive } from "../events/receipt.ts";
import type { Header } from "../mail/message.ts";

type Unsubscribed = { ok: boolean; says: string };

/** The https (or, locally, http) address of List-Unsubscribe, where the mail offers one-click (RFC 8058 §3.1). */
export function oneClickUrl(headers: readonly Header[]): string | null {
  const posts = headerOf(headers, "list-unsubscribe-post")?.trim().toLowerCase() === "list-unsubscribe=one-click";
  const links = headerOf(headers, "list-unsubscribe") ?? "";
  return posts ? (/<(https?:[^<>]+)>/i.exec(links)?.[1] ?? null) : null;
}

/** The mailto address of List-Unsubscribe, which mail programs without one click send to (RFC 2369 §3.2). */
export function mailtoUrl(headers: readonly Header[]): string | null {
  return /<(mailto:[^<>]+)>/i.exec(headerOf(headers, "list-unsubscribe") ?? "")?.[1] ?? null;
}

/** Sends the mail that a mail program would, and hands it on as SES does with mail it receives. */
export async function unsubscribeByMail(
  headers: readonly Header[],
  { from, receive, now }: { from: string; receive: Receive | undefined; now: number },
): Promise<Unsubscribed> {
  const url = mailtoUrl(headers);
  if (url === null) return { ok: false, says: "This message has no mailto address in List-Unsubscribe." };
  if (receive === undefined) return { ok: false, says: "The simulator receives no mail: it knows no queue." };
  const { pathname, searchParams } = new URL(url);
  try {
    await receive({ from, to: decodeURIComponent(pathname), subject: searchParams.get("subject") ?? "", at: now });
    return { ok: true, says: "Mail sent. The subscription ends within seconds." };
  } catch {
    return { ok: false, says: "The queue did not take the mail. Are the queues running?" };
  }
}

/** Posts as a mail client does: no cookie, no redirect followed, 10 seconds. Returns the result as a sentence. */
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
