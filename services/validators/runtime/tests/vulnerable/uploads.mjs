/** Pictures sent to the vulnerable application; safe as long as none of its holes is open. */
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';

const PNG = '\x89PNG\r\n\x1a\n';

/** Says what of a form is wrong, as a status; 0 when it holds one picture and little else. */
export async function refusal(request, open) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > 1e6 && !open('upload-oversized')) return 413;
    chunks.push(chunk);
  }
  const boundary = /^multipart\/form-data; ?boundary=([\w'()+,./:=?-]+)$/.exec(request.headers['content-type'] ?? '')?.[1];
  if (!boundary) return 415;
  const parts = Buffer.concat(chunks).toString('latin1').split(`--${boundary}`);
  const files = parts.map((part) => /filename="([^"]*)"[^]*?\r\n\r\n([^]*)\r\n$/.exec(part)).filter(Boolean);
  const whole = parts.at(-1) === '--\r\n' && parts.length < 12 && files.length === 1;
  if (open('upload-parts') && !whole) return 0;
  if (!whole) return 400;
  const [[, name, content]] = files;
  if (!content.startsWith(PNG) && !open('upload-disguised')) return 415;
  // A name decides where a file lies, which it must not.
  if (open('upload-name') && /^[\w./-]{1,200}$/.test(name) && name.endsWith('.png')) writeFileSync(resolve(tmpdir(), name), content);
  return 0;
}
