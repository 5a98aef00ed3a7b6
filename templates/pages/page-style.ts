import { type Palette, readyTheme, type Theme } from "#domain/theme/theme.ts";

/** The look of every page, the email's own: its theme's colours and fonts. A browser may have what mail clients may not. */
export function pageStyle({ light, dark, type }: Theme = readyTheme("broadsheet")): string {
  return `
:root{color-scheme:light dark;${colours(light)}--news:${type.news};--notes:${type.notes}}
@media (prefers-color-scheme:dark){:root{${colours(dark)}}}
${sheet}`;
}

const colours = ({ desk, paper, ink, text, quiet, accent, line, underline }: Palette): string =>
  `--desk:${desk};--paper:${paper};--ink:${ink};--text:${text};--quiet:${quiet};--accent:${accent};--line:${line};--under:${underline};`;

const sheet = `*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--desk);color:var(--text);font:1.125rem/1.56 var(--news);overflow-wrap:anywhere}
.sheet{max-width:42rem;min-height:100vh;margin:0 auto;padding:1.75rem clamp(1.25rem,6vw,3rem) 2.5rem;background:var(--paper)}
.skip{position:absolute;inset-inline-start:-100vw}
.skip:focus{inset-inline-start:1rem;top:1rem;padding:.75rem 1rem;background:var(--paper);z-index:1}
a{color:inherit;text-decoration:underline;text-decoration-thickness:1px;text-underline-offset:.2em}
:focus-visible{outline:3px solid var(--accent);outline-offset:3px}
main:focus{outline:none}
h1,h2{color:var(--ink);text-wrap:balance;font-weight:700}
h1{margin:0 0 1.1rem;font-size:clamp(1.6rem,5.2vw,2.1rem);line-height:1.2}
h1 a,li a{text-decoration-color:var(--under)}
h1 a:hover,li a:hover{text-decoration-color:currentColor}
.masthead{border-top:5px solid var(--ink);padding-top:3px;text-align:center}
.masthead p,.masthead h1{margin:0;padding:1rem 0;border-top:1px solid var(--ink);border-bottom:1px solid var(--ink);color:var(--ink);font-size:clamp(1.6rem,6vw,2.4rem);line-height:1.15;font-weight:700;text-wrap:balance}
.masthead h1{padding:1.5rem 0}
[dir=ltr] .masthead{letter-spacing:-.02em}
.masthead a{display:inline-block;padding:.5rem;text-decoration-color:transparent}
.masthead a:hover{text-decoration-color:currentColor}
h3{margin:0;padding:.8rem 0 .6rem;border-top:1px solid var(--ink);color:var(--accent);font:700 .9375rem/1.4 var(--notes)}
h2{margin:2.25rem 0 0;padding:1rem 0 .75rem;border-top:3px solid var(--ink);font-size:1.4rem;line-height:1.3}
p{margin:0 0 1.1rem}
.date,.kicker,.meta,.note,footer,.more,.go{font-family:var(--notes)}
.date{margin:.85rem 0 1.9rem;text-align:center}
.date,.meta,.note,footer{color:var(--quiet);font-size:.9375rem;line-height:1.45}
.kicker{margin:0 0 .5rem;color:var(--accent);font-size:.9375rem;font-weight:700}
.about{color:var(--ink);font-size:1.25rem;line-height:1.5;text-wrap:pretty}
.go{display:flex;flex-wrap:wrap;align-items:center;gap:0 1.5rem}
.first{font-size:1.25rem;line-height:1.5}
@supports (initial-letter:3) or (-webkit-initial-letter:3){[dir=ltr] .initial::first-letter{-webkit-initial-letter:3;initial-letter:3;font-weight:700;margin-inline-end:.4rem}}
.more{color:var(--accent);font-size:1rem;font-weight:700}
ol,ul{margin:0;padding:0;padding-inline-start:2.2rem}
ul{list-style:none;padding:0}
li{padding:.8rem 0;border-top:1px solid var(--line)}
li::marker{color:var(--accent)}
li>a{display:inline-block;min-height:1.6em;vertical-align:top}
.also{padding:0;list-style:none}
.also li{display:flow-root;padding:1.1rem 0 1.25rem}
.also li>:is(a,span:not(.meta)){display:block;min-height:0;color:var(--ink);font-size:1.35rem;line-height:1.28;font-weight:700;text-wrap:pretty}
[dir=ltr] main [dir]{text-align:left}
[dir=rtl] main [dir]{text-align:right}
.also p{margin:.4rem 0 0}
.also img{float:inline-end;width:7.5rem;max-width:32%;height:auto;margin:.3rem 0 .5rem;margin-inline-start:1.25rem}
.editions li{padding:1.1rem 0}
.editions a{color:var(--ink);font-size:1.25rem;line-height:1.35;font-weight:700;text-wrap:balance}
.meta{display:block;margin-top:.25rem}
.meta b{color:var(--accent)}
.notice{padding:2.6rem 0 1rem}
.masthead+main .notice{padding-top:2rem}
main:first-child>.notice{border-top:5px solid var(--ink);box-shadow:inset 0 3px var(--paper),inset 0 4px var(--ink)}
bdi.name{font-weight:700;color:var(--ink)}
bdi.address{white-space:nowrap}
form{margin:1.75rem 0}
form+form{margin-top:-1rem}
button{min-height:3.25rem;padding:.75rem 1.75rem;border:1px solid var(--ink);border-radius:3px;background:var(--ink);color:var(--paper);font:700 1.0625rem/1.3 var(--notes);cursor:pointer}
button:hover{background:var(--accent);border-color:var(--accent)}
label{display:block;margin:0 0 .4rem;font:700 1rem/1.4 var(--notes);color:var(--ink)}
input[type=email],input[type=search],input[type=date],select{display:block;width:100%;min-height:3.25rem;padding:.7rem .9rem;border:1px solid var(--quiet);border-radius:3px;background:var(--paper);color:var(--text);font:1.0625rem/1.3 var(--notes)}
input[type=email]{direction:ltr}
[dir=rtl] input[type=email]{text-align:right}
fieldset{margin:0 0 1.5rem;padding:0;border:0}
legend{margin:0 0 .4rem;padding:0;font:700 1rem/1.4 var(--notes);color:var(--ink)}
label.check{display:flex;gap:.75rem;align-items:center;min-height:2.75rem;margin:0;font-weight:400;color:var(--text)}
input[type=checkbox]{flex:none;width:1.5rem;height:1.5rem;margin:0;accent-color:var(--accent)}
.buttons{display:flex;flex-wrap:wrap;gap:.75rem}
.field{margin:0 0 1.5rem}
.done{padding:1rem 1.25rem;border:1px solid var(--ink);border-inline-start-width:6px;color:var(--ink);font:700 1.0625rem/1.4 var(--notes)}
.remark{margin:1.5rem 0;padding:.9rem 1.25rem;border:1px solid var(--ink);border-inline-start-width:6px;color:var(--ink);font:1rem/1.5 var(--notes);break-inside:avoid}
.remark p{margin:0}
.remark time{font-weight:700}
input[aria-invalid]{border:2px solid var(--accent)}
form p{margin:.75rem 0}
.problem{margin:0 0 1.5rem;padding:1rem 1.25rem;border:3px solid var(--accent)}
.problem h2{margin:0 0 .4rem;padding:0;border:0;font:700 1.0625rem/1.4 var(--notes)}
.problem p{margin:0}
.trap{position:absolute;inset-inline-start:-200vw}
a.button{display:inline-block;min-height:3.25rem;padding:.8rem 1.75rem;border:1px solid var(--ink);border-radius:3px;background:var(--ink);color:var(--paper);font:700 1.0625rem/1.4 var(--notes);text-decoration:none}
a.button:hover{background:var(--accent);border-color:var(--accent)}
.papers>section{padding:1.75rem 0 1.25rem;border-top:1px solid var(--ink)}
.papers h2{margin:0 0 .9rem;padding:0;border:0;font-size:clamp(1.5rem,5vw,2.1rem);line-height:1.2}
.papers h2 a{text-decoration-color:transparent}
.papers h2 a:hover{text-decoration-color:currentColor}
.second{background:transparent;color:var(--ink)}
.second:hover{background:transparent;color:var(--accent)}
.row{display:flex;gap:.75rem;flex-wrap:wrap;align-items:end}
.row>div{flex:1 1 14rem}
.lead-image{margin:0 0 1.4rem}
.lead-image img{display:block;width:100%;height:auto}
figcaption{margin-top:.4rem;color:var(--quiet);font:.9375rem/1.45 var(--notes)}
dl{margin:0 0 1.5rem;display:grid;grid-template-columns:max-content 1fr;gap:.3rem 1.25rem}
dt{color:var(--quiet);font-family:var(--notes)}
dd{margin:0}
.languages a,.languages b{display:inline-block;min-width:2.75rem;padding:.8rem 0;margin-inline-end:1.1rem}
footer{margin-top:2rem;padding-top:1.1rem;border-top:1px solid var(--line)}
footer p{margin:0 0 .6rem}
footer a,nav a,.go a:not(.button){display:inline-block;padding:.8rem 0;margin-inline-end:1.5rem}
nav{display:flex;justify-content:space-between;gap:1rem;flex-wrap:wrap;font-family:var(--notes)}
@media (max-width:30rem){dl{display:block}dd{margin:0 0 .6rem}}
@media (forced-colors:active){button,a.button{border:2px solid ButtonText;background:ButtonFace;color:ButtonText}}
@media print{:root{--desk:#fff;--paper:#fff;--ink:#000;--text:#000;--quiet:#333;--accent:#000;--line:#999;--under:#999}.sheet{max-width:none;min-height:0;padding:0}.skip,nav,form,form.row,.go{display:none}body{font-size:11pt}li,h1,h2{break-inside:avoid}h2{break-after:avoid}}
`;
