import type { StringSchema } from 'joi';
import sanitize from 'sanitize-html';
import { text } from './validate.ts';

const blocks = ['p', 'br', 'hr', 'h2', 'h3', 'h4', 'blockquote', 'pre', 'ul', 'ol', 'li', 'table', 'thead', 'tbody', 'tr', 'th', 'td'];
const marks = ['strong', 'b', 'em', 'i', 'u', 's', 'sub', 'sup', 'code', 'a'];

/** What text with marks may hold. Nothing here loads, runs, or looks like another part of the page. */
const allowed: sanitize.IOptions = {
  allowedTags: [...blocks, ...marks],
  allowedAttributes: { a: ['href', 'rel'], ol: ['start'], td: ['colspan', 'rowspan'], th: ['colspan', 'rowspan'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  // Where a link leads learns nothing of the page that it stands on, and gains nothing by it.
  transformTags: { a: sanitize.simpleTransform('a', { rel: 'noopener noreferrer nofollow' }) },
  nestingLimit: 50,
};

/** Text with marks in HTML: what may do harm is taken out before it is stored, the words in it stay. */
export function richText(least: number, most: number): StringSchema {
  return text(least, most, (value, helpers) => {
    const clean = sanitize(value, allowed);
    if (least > 0 && sanitize(clean, { allowedTags: [] }).trim() === '') return helpers.error('text.empty');
    // Marks are written out in full, so what was short enough may not be any more.
    return [...clean].length > most ? helpers.error('text.long', { most }) : clean;
  });
}
