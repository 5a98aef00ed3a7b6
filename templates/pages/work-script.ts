import { createHash } from "node:crypto";
import type { WorkChallenge } from "#domain/audience/limits/proof-of-work.ts";
import { type Html, html, scriptElement } from "../text/html.ts";

/**
 * Solves the form's challenge while the reader types. A form that is sent earlier waits for the solution. Without
 * scripts, or without crypto.subtle, which browsers offer on https and localhost only, the form works as usual.
 */
const script = `(async()=>{
const field=document.getElementById("altcha"),form=field.form,work=JSON.parse(field.dataset.work);
if(!globalThis.crypto?.subtle)return;
let waits=false;
form.addEventListener("submit",(event)=>{if(field.value===""){event.preventDefault();waits=true}});
const text=new TextEncoder();
const hex=(bytes)=>Array.from(new Uint8Array(bytes),(byte)=>byte.toString(16).padStart(2,"0")).join("");
for(let number=0;number<=work.maxnumber;number+=1){
const hash=hex(await crypto.subtle.digest("SHA-256",text.encode(work.salt+number)));
if(hash===work.challenge){const {maxnumber,...rest}=work;field.value=btoa(JSON.stringify({...rest,number}));break}
}
field.value||="none";
if(waits)form.submit();
})();`;

/** The only script of all pages, for the Content-Security-Policy of a page that has it. */
export const workScriptSource = `'sha256-${createHash("sha256").update(script).digest("base64")}'`;

/** The field of the solution, with the script that fills it. */
export const workField = (work: WorkChallenge): Html =>
  html`<input type="hidden" id="altcha" name="altcha" value="" data-work="${JSON.stringify(work)}">${scriptElement(script)}`;
