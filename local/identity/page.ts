import type { Sample } from "./people.ts";

const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);

/** Who to be. Nothing is asked: anyone who reaches this machine's own address may be anybody. */
export function choicePage(action: string, people: readonly Sample[]): string {
  const choices = people.map(
    ({ id, name, email, groups }) =>
      `<li><button name="person" value="${escaped(id)}">${escaped(name)}<small>${escaped([...groups, email].join(", "))}</small></button></li>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign in on this machine</title><meta name="color-scheme" content="light dark">
<style>:root{color-scheme:light dark}body{font:18px/1.5 system-ui,sans-serif;max-width:26rem;margin:10vh auto;padding:0 16px}
ul{list-style:none;padding:0}button{display:block;width:100%;text-align:left;font:inherit;padding:12px 16px;margin:0 0 8px;min-height:44px;cursor:pointer}
small{display:block;font-size:15px}</style></head>
<body><main><h1>Who are you today?</h1>
<p>This is the sign-in of a system on one machine. A deployment asks your identity provider instead.</p>
<form method="post" action="${escaped(action)}"><ul>${choices.join("\n")}</ul></form></main></body></html>`;
}
