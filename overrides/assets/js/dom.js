// Building page elements: text is always set as text, never read as HTML.

/** An element with attributes and children; strings become text nodes, null children are left out. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

/** A phrase with its {names} filled in. */
export const fill = (phrase, names) => phrase.replace(/\{([a-z_]+)\}/g, (whole, name) => names[name] ?? whole);

/** The same phrase as pieces, with a node in place of each {name}. */
export const fillNodes = (phrase, nodes) => phrase.split(/\{([a-z_]+)\}/).map((piece, index) => (index % 2 ? nodes[piece] : piece));
