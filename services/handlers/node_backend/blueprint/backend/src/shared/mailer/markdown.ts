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

function plainOf(token: Token): string {
  switch (token.type) {
    case 'space':
      return '';
    case 'br':
      return '\n';
    case 'hr':
      return '----\n\n';
    case 'heading':
    case 'paragraph':
      return `${plain(token.tokens ?? [])}\n\n`;
    case 'blockquote':
      return `${plain(token.tokens ?? []).trim().replaceAll(/^/gm, '> ')}\n\n`;
    case 'list':
      return `${listed(token as Tokens.List)}\n`;
    case 'code':
      return `${(token as Tokens.Code).text}\n\n`;
    case 'link': {
      const { href, tokens } = token as Tokens.Link;
      const label = plain(tokens);
      return !safe.test(href) || label === href ? label : `${label}: ${href}`;
    }
    default:
      return 'tokens' in token && token.tokens ? plain(token.tokens) : 'text' in token ? String(token.text) : '';
  }
}

function listed({ items, ordered, start }: Tokens.List): string {
  return items.map((item, index) => `${ordered ? `${(start || 1) + index}.` : '-'} ${plain(item.tokens).trim()}\n`).join('');
}
