import Box from "@mui/material/Box";
import MuiLink from "@mui/material/Link";

const address = /(https?:\/\/[^\s<>"]+)/gu;
/** What ends a sentence, or closes a bracket, is no part of the address before it. */
const tail = /[.,;:!?)\]}'”]+$/u;

/** Text as it was written, with its addresses as links. */
export function MessageText({ text }: { text: string }) {
  return (
    <Box component="span" sx={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
      {text.split(address).map((part, index) =>
        // oxlint-disable-next-line react/no-array-index-key -- the parts of a text have no other name than their place
        isAddress(part) ? <Address key={index} text={part} /> : part,
      )}
    </Box>
  );
}

function isAddress(text: string): boolean {
  return /^https?:\/\//u.test(text) && URL.canParse(text);
}

function Address({ text }: { text: string }) {
  const end = tail.exec(text)?.[0] ?? "";
  const href = text.slice(0, text.length - end.length);
  return (
    <>
      <MuiLink href={href} target="_blank" rel="noreferrer noopener" color="inherit" underline="always">
        {href}
      </MuiLink>
      {end}
    </>
  );
}
