import Box from "@mui/material/Box";
import { createElement, Fragment, type ReactNode, useMemo } from "react";

import { Empty } from "./values.tsx";

const shown = new Set(
  "p br hr h2 h3 h4 blockquote pre ul ol li table thead tbody tr th td strong b em i u s sub sup code a".split(
    " ",
  ),
);
/** These hold no text of their own: React gives them no children. */
const hollow = new Set(["br", "hr"]);
const safeAddress = /^(https?:|mailto:)/iu;

/** Text with marks. What is no mark of text is left out, the words in it stay: nothing of it is ever run. */
export function RichText({ value }: { value: string | null | undefined }) {
  const content = useMemo(() => contentOf(value ?? ""), [value]);
  if (value === null || value === undefined || value === "") return <Empty />;
  return (
    <Box
      sx={{
        overflowWrap: "anywhere",
        "& > :first-of-type": { mt: 0 },
        "& > :last-child": { mb: 0 },
        "& p, & ul, & ol, & table, & pre, & blockquote": { my: 1 },
        "& h2, & h3, & h4": { typography: "h3", mt: 2, mb: 0.5 },
        "& blockquote": { mx: 0, pl: 1.5, borderLeft: 3, borderColor: "divider", color: "text.secondary" },
        "& pre": { overflowX: "auto", p: 1, bgcolor: "action.hover", borderRadius: 1 },
        "& table": { borderCollapse: "collapse" },
        "& th, & td": { border: 1, borderColor: "divider", px: 1, py: 0.5, textAlign: "left" },
        "& a": { color: "primary.main" },
      }}
    >
      {content}
    </Box>
  );
}

function contentOf(html: string): ReactNode {
  // A document that is parsed so loads nothing and runs nothing.
  return childrenOf(new DOMParser().parseFromString(html, "text/html").body);
}

function childrenOf(parent: Element): ReactNode[] {
  return [...parent.childNodes].map((node, index) => {
    if (node.nodeType === Node.TEXT_NODE) return node.textContent;
    return node instanceof Element ? elementOf(node, index) : null;
  });
}

function elementOf(element: Element, key: number): ReactNode {
  const name = element.localName;
  if (name === "script" || name === "style") return null;
  if (!shown.has(name)) return <Fragment key={key}>{childrenOf(element)}</Fragment>;
  const address = name === "a" ? (element.getAttribute("href") ?? "") : "";
  const more = safeAddress.test(address) ? { href: address, rel: "noopener noreferrer nofollow" } : {};
  return createElement(name, { key, ...more }, ...(hollow.has(name) ? [] : childrenOf(element)));
}
