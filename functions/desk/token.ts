import { type Html, html } from "#templates/html.ts";

/** What makes a form one of this session's. */
export const tokenField = (token: string): Html => html`<input type="hidden" name="token" value="${token}">`;
