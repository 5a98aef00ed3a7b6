import { counted, number } from "#domain/counted.ts";
import type { Fault } from "#domain/outcome.ts";
import type { Source } from "#domain/source/source.ts";
import { type Html, html } from "#templates/text/html.ts";
import { tokenField } from "../parts/token.ts";
import { commandLine, distance } from "../parts/words.ts";

type SourcesSeen = {
  sources: readonly Source[];
  token: string;
  path: string;
  mayChange: boolean;
  now: string;
  /** The last action's result, or why it failed. */
  result: { fault?: Fault; done?: string } | null;
  /** The source to remove after confirmation. */
  removing: Source | null;
  /** The source to rename. */
  renaming: Source | null;
};

export function sourcesBody(seen: SourcesSeen): Html {
  const { sources, result, mayChange, path, token, removing, renaming } = seen;
  const failing = sources.filter(({ failures }) => failures > 0).length;
  return html`<div class="office"><div class="page-head"><div><h1>Sources</h1>
<p class="meta">${counted(sources.length, "source")}${failing > 0 && html`, <b>${number(failing)} failing</b>`}</p></div>
${
  mayChange
    ? removing === null &&
      html`<form method="post" action="${path}">${tokenField(token)}<input type="hidden" name="do" value="add">
<label>Feed address<input type="url" name="url" required size="34" placeholder="https://example.org/feed.xml"></label><button>Add source</button></form>`
    : html`<p class="withheld">Read-only: changes need the role editor.</p>`
}</div>
${result?.fault && html`<div class="fault" role="alert"><p>${result.fault.message}</p></div>`}
${result?.done && html`<p class="done" role="status">${result.done}</p>`}
${removing && confirmation(seen, removing)}
${renaming && renameForm(seen, renaming)}
${sources.length === 0 ? html`<p class="empty">No sources yet. Add the address of a feed.</p>` : table(seen)}
${commandLine("source add https://example.org/feed.xml", "source list")}</div>`;
}

function confirmation({ path, token }: SourcesSeen, { id, title, kind }: Source): Html {
  const again = kind === "feed" ? "You can add it again by its address." : "Its key stops working.";
  return html`<section class="card question" aria-labelledby="question"><h2 id="question">Remove ${title}?</h2>
<p>Its articles stay, and no new ones come in. ${again}</p>
<div class="buttons"><a class="button quiet" href="${path}" data-cancel autofocus>Cancel</a>
<form method="post" action="${path}">${tokenField(token)}<input type="hidden" name="do" value="remove"><input type="hidden" name="source" value="${id}"><button class="danger">Remove source</button></form></div></section>`;
}

function renameForm({ path, token }: SourcesSeen, { id, title }: Source): Html {
  return html`<section class="card question" aria-labelledby="renaming"><h2 id="renaming">Rename ${title}</h2>
<p>All its articles have the new name, in editions made from now on.</p>
<form method="post" action="${path}">${tokenField(token)}<input type="hidden" name="do" value="rename"><input type="hidden" name="source" value="${id}">
<label>Name<input name="title" required maxlength="80" size="34" value="${title}" autofocus></label>
<div class="buttons"><a class="button quiet" href="${path}" data-cancel>Cancel</a><button>Rename source</button></div></form></section>`;
}

/** Failing ones first. */
const table = (
  seen: SourcesSeen,
): Html => html`<div class="card wide stack" tabindex="0" role="region" aria-label="Sources"><table>
<thead><tr><th scope="col">Source</th><th scope="col">Health</th><th scope="col">Last article</th><th scope="col" class="figure">Articles</th><th scope="col" class="figure">Used</th>${seen.mayChange && html`<th scope="col"><span class="unseen">Actions</span></th>`}</tr></thead>
<tbody>${seen.sources.toSorted((a, b) => b.failures - a.failures || (a.title < b.title ? -1 : 1)).map((source) => row(seen, source))}</tbody></table></div>`;

function row(seen: SourcesSeen, source: Source): Html {
  const { id, title, url, lastArticleAt, articles, used, kind } = source;
  return html`<tr><th scope="row"><bdi>${title}</bdi><span class="address">${kind === "push" ? "Pushed by an API client" : url}</span></th>
<td>${health(source, seen.now)}</td>
<td data-label="Last article">${lastArticleAt === null ? "none yet" : distance(lastArticleAt, seen.now)}</td>
<td class="figure" data-label="Articles">${number(articles)}</td><td class="figure" data-label="Used">${number(used)}</td>
${seen.mayChange && html`<td><div class="row-buttons">${kind === "feed" && checkButton(seen, id, title)}<a class="button quiet small" href="${seen.path}?rename=${encodeURIComponent(id)}" aria-label="Rename ${title}…">Rename…</a><a class="button quiet small" href="${seen.path}?remove=${encodeURIComponent(id)}" aria-label="Remove ${title}…">Remove…</a></div></td>`}</tr>`;
}

function health({ failures, lastError, lastPolledAt, kind }: Source, now: string): Html {
  if (failures > 0) {
    const times = failures === 1 ? "once" : `${failures} times in a row`;
    return html`<span class="badge stop">Failing</span> <small>Failed ${times}. ${lastError}</small>`;
  }
  const what = kind === "push" ? "pushed" : "checked";
  if (lastPolledAt === null) return html`<span class="badge quiet">Not ${what} yet</span>`;
  const when = `${what} ${distance(lastPolledAt, now)}`;
  return html`<span class="badge healthy">Healthy</span> <small class="when">${when}</small>`;
}

const checkButton = ({ path, token }: SourcesSeen, id: string, title: string): Html =>
  html`<form method="post" action="${path}">${tokenField(token)}<input type="hidden" name="do" value="check"><input type="hidden" name="source" value="${id}"><button class="small" aria-label="Check ${title} now">Check</button></form>`;
