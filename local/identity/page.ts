import type { Sample } from "./people.ts";

const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);

/** The page to choose a person. There is no password, because only this machine can reach it. */
export function choicePage(action: string, people: readonly Sample[]): string {
  const choices = people.map(
    ({ id, name, email, groups }) =>
      `<li><button name="person" value="${escaped(id)}">${escaped(name)}<small>${escaped([...groups, email].join(", "))}</small></button></li>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign in on this machine</title><meta name="color-scheme" content="light dark">
<style>${style}</style></head>
<body><main><h1>Sign in</h1>
<p>On this machine you can be anyone. A deployment asks your identity provider instead.</p>
<form method="post" action="${escaped(action)}"><ul>${choices.join("\n")}</ul></form></main></body></html>`;
}

/** The desk's colours, in light and in dark. */
const style = `:root{color-scheme:light dark;--paper:light-dark(#f3f0e8,#141311);--sheet:light-dark(#fffefa,#1f1d1a);--ink:light-dark(#1c1a17,#f0ece2);--soft:light-dark(#5d574c,#b3aa9a);--rule:light-dark(#d9d3c5,#3a352d)}
body{margin:0;padding:0 16px;background:var(--paper);color:var(--ink);font:17px/1.5 system-ui,sans-serif}
main{max-width:25rem;margin:clamp(24px,12vh,120px) auto;padding:28px;border:1px solid var(--rule);border-radius:14px;background:var(--sheet)}
h1{margin:0 0 6px;font:600 28px/1.2 Georgia,"Noto Serif",serif}
p{margin:0 0 18px;color:var(--soft)}
ul{margin:0;padding:0;list-style:none}
li+li{margin-top:8px}
button{display:block;width:100%;min-height:44px;padding:11px 16px;border:1px solid var(--rule);border-radius:10px;background:var(--paper);color:var(--ink);font:600 17px/1.4 system-ui,sans-serif;text-align:start;cursor:pointer}
button:hover,button:focus-visible{border-color:var(--ink)}
small{display:block;color:var(--soft);font-size:15px;font-weight:400}`;
