import { describe, expect, it } from 'vitest';
import { AppError } from './errors.ts';
import { richText } from './richtext.ts';
import { check, object } from './validate.ts';

const schema = object<{ body: string }>({ body: richText(1, 200).required() });
const cleaned = (body: string): string => check(schema, { body }).body;

function refusal(body: string): string | undefined {
  try {
    cleaned(body);
  } catch (error) {
    return error instanceof AppError ? error.fields[0]?.code : undefined;
  }
  return undefined;
}

describe('text with marks', () => {
  it('keeps what people write with', () => {
    const body = '<h2>On bees</h2><p>They <strong>hum</strong>, see <em>below</em>.</p><ul><li>one</li></ul>';
    expect(cleaned(body)).toBe(body);
    expect(cleaned('<a href="https://example.com/a?b=1&amp;c=2">there</a>')).toBe(
      '<a href="https://example.com/a?b=1&amp;c=2" rel="noopener noreferrer nofollow">there</a>',
    );
  });

  it.each([
    ['<script>alert(1)</script><p>words</p>', '<p>words</p>'],
    ['<p onclick="alert(1)" style="position:fixed" class="x" id="y">words</p>', '<p>words</p>'],
    ['<img src=x onerror=alert(1)>words', 'words'],
    ['<a href="javascript:alert(1)">words</a>', '<a rel="noopener noreferrer nofollow">words</a>'],
    ['<a href="java\tscript:alert(1)">words</a>', '<a rel="noopener noreferrer nofollow">words</a>'],
    ['<a href="//evil.example">words</a>', '<a rel="noopener noreferrer nofollow">words</a>'],
    ['<svg><script>alert(1)</script></svg><iframe src="https://evil.example"></iframe>words', 'words'],
    ['<style>body { display: none }</style>words', 'words'],
    ['<form action="https://evil.example"><input name="password">words</form>', 'words'],
    ['<p>words', '<p>words</p>'],
    ['<<script>alert(1)//<</script>words', '&lt;words'],
    ['1 < 2 & 3 > 2', '1 &lt; 2 &amp; 3 &gt; 2'],
  ])('takes out what may do harm: %s', (given, kept) => {
    expect(cleaned(given)).toBe(kept);
    expect(cleaned(kept)).toBe(kept);
  });

  it('is empty where nothing is left to read', () => {
    expect(refusal('<script>alert(1)</script>')).toBe('required');
    expect(refusal('<p> <br></p>')).toBe('required');
  });

  it('is bounded as it is stored', () => {
    expect(refusal('&'.repeat(150))).toBe('too_long');
    expect(refusal('a'.repeat(201))).toBe('too_long');
    expect(cleaned('a'.repeat(200))).toHaveLength(200);
  });
});
