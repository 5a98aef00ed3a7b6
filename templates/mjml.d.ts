/** mjml 5 brings no types; this is the part of it the build uses (mjml-core's README, "Options" and "Output"). */
declare module "mjml" {
  type Fault = { line: number; message: string; tagName: string; formattedMessage: string };
  type Options = { validationLevel?: "strict" | "soft" | "skip"; keepComments?: boolean; filePath?: string };
  function mjml2html(source: string, options?: Options): Promise<{ html: string; errors: Fault[] }>;
  export = mjml2html;
}
