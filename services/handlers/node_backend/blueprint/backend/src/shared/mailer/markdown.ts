import { Marked, type Token, type Tokens } from 'marked';

/** Text of a mail, in the two forms in which it is sent. */
export class Markdown {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  get html(): string {
    return parser.parse(this.source, { async: false });
  }

  get text(): string {
    return plain(parser.lexer(this.source)).trim();
  }
}

/** Markdown with values in it. What stands in a value is shown as it is: it cannot become markup, a link of its own, or HTML. */
export function markdown(parts: TemplateStringsArray, ...values: readonly unknown[]): Markdown {
  return new Markdown(parts.map((part, index) => (index === 0 ? part : literal(values[index - 1]) + part)).join(''));
}

/** Every sign that means something is escaped; lines stay lines of one paragraph. */
function literal(value: unknown): string {
  return String(value ?? '')
    .replaceAll(/[!-/:-@[-`{-~]/g, String.raw`\$&`)
    .replaceAll(/\s*\n\s*/g, '  \n');
}

// Only what the author of a template wrote is a link, and it leads to a page or an address.
const safe = /^(https?:|mailto:)/i;

const parser = new Marked({
  gfm: false,
  renderer: {
    html: ({ text }) => escaped(text),
    image: ({ text }) => escaped(text),
    link({ href, tokens }) {
      const inner = this.parser.parseInline(tokens);
      return safe.test(href) ? `<a href="${escaped(href)}">${inner}</a>` : inner;
    },
  },
});

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** The same without markup, for those who read plain text: a link is followed by its address. */
function plain(tokens: readonly Token[]): string {
  return tokens.map((token) => plainOf(token)).join('');
}

const forms: Readonly<Record<string, (token: Token) => string>> = {
  space: () => '',
  br: () => '\n',
  hr: () => '----\n\n',
  heading: (token) => `${within(token)}\n\n`,
  paragraph: (token) => `${within(token)}\n\n`,
  blockquote: (token) => `${within(token).trim().replaceAll(/^/gm, '> ')}\n\n`,
  list: (token) => `${listed(token as Tokens.List)}\n`,
  code: (token) => `${(token as Tokens.Code).text}\n\n`,
  link: (token) => linked(token as Tokens.Link),
};

function plainOf(token: Token): string {
  return (forms[token.type] ?? within)(token);
}

/** What stands in a token, or its text where nothing does. */
function within(token: Token): string {
  if ('tokens' in token && token.tokens) return plain(token.tokens);
  return 'text' in token ? String(token.text) : '';
}

function linked({ href, tokens }: Tokens.Link): string {
  const label = plain(tokens);
  return !safe.test(href) || label === href ? label : `${label}: ${href}`;
}

function listed({ items, ordered, start }: Tokens.List): string {
  return items.map((item, index) => `${ordered ? `${(start || 1) + index}.` : '-'} ${plain(item.tokens).trim()}\n`).join('');
}
