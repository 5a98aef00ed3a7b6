/** A piece of a source file, with the line it begins on. Texts are strings and the literal parts of templates. */
type Piece = { kind: "text" | "comment" | "code"; text: string; line: number };

/** After one of these a slash begins a regular expression, not a division. */
const BEFORE_REGEX = /(?:^|[(,=:[!&|?{};+\-*%~^<>\n]|\breturn|\btypeof|\bcase|=>)\s*$/;

/**
 * Splits TypeScript or JavaScript into texts, comments and code. It knows as much of the grammar as that takes: quotes,
 * templates with nested expressions, both kinds of comment, and regular expressions (which count as code).
 */
export function scanSource(source: string): Piece[] {
  const pieces: Piece[] = [];
  const push = (kind: Piece["kind"], from: number, to: number) => {
    if (to > from) pieces.push({ kind, text: source.slice(from, to), line: lineAt(source, from) });
  };
  // Each open template expression `${` waits here for its own brace, by the depth of braces within it.
  const depths: number[] = [];
  let at = 0;
  let codeFrom = 0;
  const endCode = () => push("code", codeFrom, at);
  const resume = (next: number) => {
    at = next;
    codeFrom = next;
  };
  const readTemplate = (from: number) => {
    const end = templateEnd(source, from);
    push("text", from, end);
    if (source[end] === "$") depths.push(0);
    resume(end + (source[end] === "$" ? 2 : 1));
  };
  while (at < source.length) {
    const char = source[at];
    if (char === "/" && (source[at + 1] === "/" || source[at + 1] === "*")) {
      endCode();
      const end = commentEnd(source, at);
      push("comment", at, end);
      resume(end);
    } else if (char === '"' || char === "'") {
      endCode();
      const end = quotedEnd(source, at, char);
      push("text", at + 1, end);
      resume(end + 1);
    } else if (char === "`") {
      endCode();
      readTemplate(at + 1);
    } else if (char === "/" && BEFORE_REGEX.test(source.slice(Math.max(0, at - 20), at))) {
      at = regexEnd(source, at);
    } else if (char === "}" && depths.at(-1) === 0) {
      endCode();
      depths.pop();
      readTemplate(at + 1);
    } else {
      const depth = depths.at(-1);
      if (depth !== undefined && char === "{") depths[depths.length - 1] = depth + 1;
      if (depth !== undefined && char === "}") depths[depths.length - 1] = depth - 1;
      at++;
    }
  }
  endCode();
  return pieces;
}

const lineAt = (source: string, at: number) => source.slice(0, at).split("\n").length;

function commentEnd(source: string, at: number): number {
  const end = source[at + 1] === "/" ? source.indexOf("\n", at) : source.indexOf("*/", at + 2) + 2;
  return end < 2 ? source.length : end;
}

function quotedEnd(source: string, at: number, quote: string): number {
  let end = at + 1;
  while (end < source.length && source[end] !== quote && source[end] !== "\n") end += source[end] === "\\" ? 2 : 1;
  return end;
}

/** The place of the closing backtick, or of the next `${`. */
function templateEnd(source: string, from: number): number {
  let end = from;
  while (end < source.length && source[end] !== "`" && !source.startsWith("${", end))
    end += source[end] === "\\" ? 2 : 1;
  return end;
}

function regexEnd(source: string, at: number): number {
  let inClass = false;
  for (let end = at + 1; end < source.length && source[end] !== "\n"; end++) {
    if (source[end] === "\\") end++;
    else if (source[end] === "[") inClass = true;
    else if (source[end] === "]") inClass = false;
    else if (source[end] === "/" && !inClass) return end + 1;
  }
  return at + 1;
}

/** The prose of a Markdown file: code blocks and inline code are blanked, lines stay where they are. */
export const proseOf = (markdown: string): string =>
  markdown
    .replace(/^(`{3,}|~{3,})[\s\S]*?^\1/gm, (block) => block.replace(/[^\n]/g, " "))
    .replace(/`[^`\n]+`/g, (code) => " ".repeat(code.length));
