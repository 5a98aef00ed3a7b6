import type { Fault } from "#domain/outcome.ts";
import type { Source } from "#domain/source/source.ts";
import { type Html, html } from "#templates/html.ts";
import { command, distance, number } from "./words.ts";

export type SourcesSeen = {
  sources: readonly Source[];
  token: string;
  path: string;
  mayChange: boolean;
  now: string;
  /** What was just done, or why it was not. */
  said: { fault?: Fault; done?: string } | null;
};

export function sourcesBody(seen: SourcesSeen): Html {
  const { sources, said, mayChange, path, token } = seen;
  const ill = sources.filter(({ failures }) => failures > 0).length;
  return html`<div class="office"><h1>Sources</h1>
${said?.fault && html`<div class="fault" role="alert"><p>${said.fault.message}</p></div>`}
${said?.done && html`<p class="done" role="status">${said.done}</p>`}
<p>${number(sources.length)} are read${ill > 0 ? `, ${number(ill)} of them with trouble` : ""}.</p>
${
  mayChange
    ? html`<form method="post" action="${path}" class="line"><input type="hidden" name="token" value="${token}"><input type="hidden" name="do" value="add">
<label>Address of a feed<input type="url" name="url" required placeholder="https://example.org/feed.xml"></label><button>Add it</button></form>
${command("source add https://example.org/feed.xml")}`
    : html`<p class="withheld">Adding and removing sources needs the role editor.</p>`
}
${sources.length > 0 && table(seen)}</div>`;
}

/** Those with trouble first. */
const table = (
  seen: SourcesSeen,
): Html => html`<div class="wide" tabindex="0" role="region" aria-label="Sources"><table>
<thead><tr><th scope="col">Source</th><th scope="col">Health</th><th scope="col">Last article</th><th scope="col" class="figure">Articles</th><th scope="col" class="figure">Used</th>${seen.mayChange && html`<th scope="col">Do</th>`}</tr></thead>
<tbody>${seen.sources.toSorted((a, b) => b.failures - a.failures || (a.title < b.title ? -1 : 1)).map((source) => row(seen, source))}</tbody></table></div>`;

function row(seen: SourcesSeen, source: Source): Html {
  const { id, title, url, lastArticleAt, articles, used } = source;
  return html`<tr><th scope="row">${title}<small>${source.kind === "push" ? "pushed to" : url}</small></th>
<td>${health(source, seen.now)}</td>
<td>${lastArticleAt === null ? "none yet" : distance(lastArticleAt, seen.now)}</td>
<td class="figure">${number(articles)}</td><td class="figure">${number(used)}</td>
${seen.mayChange && html`<td class="acts">${source.kind === "feed" && button(seen, "check", id, `Check ${title} now`, "Check")}${button(seen, "remove", id, `Remove ${title}`, "Remove")}</td>`}</tr>`;
}

function health({ failures, lastError, lastPolledAt }: Source, now: string): Html {
  if (failures > 0) {
    const times = failures === 1 ? "once" : `${failures} times in a row`;
    return html`<span class="badge held">Failed ${times}</span><small>${lastError}</small>`;
  }
  const when = lastPolledAt === null ? "not looked at yet" : distance(lastPolledAt, now);
  return html`<span class="badge finished">Well</span><small>${when}</small>`;
}

const button = ({ path, token }: SourcesSeen, what: string, id: string, label: string, text: string): Html =>
  html`<form method="post" action="${path}"><input type="hidden" name="token" value="${token}"><input type="hidden" name="do" value="${what}"><input type="hidden" name="source" value="${id}"><button class="quiet" aria-label="${label}">${text}</button></form>`;
