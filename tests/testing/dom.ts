import { DomUtils, parseDocument } from "htmlparser2";

type Node = ReturnType<typeof parseDocument>["children"][number];
export type Element = ReturnType<typeof DomUtils.getElementsByTagName>[number];

export const parse = (html: string) => parseDocument(html);
type Tree = ReturnType<typeof parse>;

export const isElement = (node: object): node is Element => "attribs" in node;

/** Every element with this tag, in order. */
export const all = (tree: Tree | Element, tag: string): Element[] => DomUtils.getElementsByTagName(tag, tree, true);

/** The only element with this tag. */
export function only(tree: Tree | Element, tag: string): Element {
  const [first, ...more] = all(tree, tag);
  if (first === undefined || more.length > 0)
    throw new Error(`${more.length + (first ? 1 : 0)} <${tag}> where one is due`);
  return first;
}

export const textOf = (node: Element | Tree): string => DomUtils.textContent(node).replace(/\s+/g, " ").trim();

/** The visible text of an element in order: a block ends a word, and hidden parts are left out. */
export function visibleText(node: Node | Tree): string {
  if (node.type === "text") return node.data;
  if (!("children" in node)) return "";
  if (isElement(node) && node.name === "img") return ` ${node.attribs.alt} `;
  if ("attribs" in node && (node.attribs["aria-hidden"] === "true" || /^(head|style|script|title)$/.test(node.name))) {
    return "";
  }
  const inner = node.children.map(visibleText).join("");
  return "name" in node && /^(p|div|li|h\d|td|ol|ul|br|footer|header)$/.test(node.name) ? ` ${inner} ` : inner;
}

/** All inline styles and all style sheets, as one text. */
export const declarations = (tree: Tree): string[] =>
  DomUtils.findAll((element) => element.attribs.style !== undefined, tree.children).map(
    (element) => element.attribs.style ?? "",
  );
