/** The desk's one style sheet. Colours reach 7:1 in light and dark; forced colours use the system's own. */
export const deskStyle = `:root{color-scheme:light dark;--paper:#fff;--ink:#1c1d1f;--quiet:#53565c;--line:#c9ccd1;--link:#0b4f8a;--press:#0b4f8a;--on-press:#fff}
@media (prefers-color-scheme:dark){:root{--paper:#16181c;--ink:#e9e7e2;--quiet:#b9b6ae;--line:#44484f;--link:#8fbdf5;--press:#8fbdf5;--on-press:#101216}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:72rem;margin:0 auto;padding:16px;overflow-wrap:anywhere}main:focus{outline:none}
h1{font-size:1.5rem;line-height:1.25;margin:8px 0 16px}h2{font-size:1.125rem;margin:24px 0 8px}
a{color:var(--link)}:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--paper);padding:12px}
.bar{display:flex;flex-wrap:wrap;gap:4px 16px;align-items:center;justify-content:space-between;border-bottom:1px solid var(--line);padding:8px 16px}
.bar p{margin:0}.mark a{font-weight:700;color:var(--ink);display:inline-block;padding:10px 0}
.seat{display:flex;flex-wrap:wrap;gap:4px 12px;align-items:center}
button,.button{display:inline-block;min-height:44px;padding:10px 16px;border:1px solid var(--press);border-radius:4px;background:var(--press);color:var(--on-press);font:inherit;text-decoration:none;cursor:pointer}
.seat button{background:none;color:var(--link);border-color:var(--line);min-height:40px;padding:6px 12px}
label{display:block}input,textarea{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--quiet);border-radius:4px;padding:8px;max-width:100%}
textarea{display:block;width:100%}
.notice{max-width:40rem}
`;
