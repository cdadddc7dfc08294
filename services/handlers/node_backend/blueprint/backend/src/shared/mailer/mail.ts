import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import type { Unit } from '../actions/unit.ts';
import type { Config } from '../config.ts';
import { enqueue } from '../jobs/jobs.ts';
import type { Markdown } from './markdown.ts';

export const MAIL_JOB = 'mail';

/** What every template may name beside its own values. */
export interface App {
  readonly app: {
    /** Where the pages of the application are, without a slash at the end. */
    readonly url: string;
    /** What it is called. */
    readonly name: string;
  };
}

export interface MailTemplate<V extends object> {
  readonly key: string;
  readonly subject: (values: V & App) => string;
  readonly body: (values: V & App) => Markdown;
}

/** What is sent of a mail, beside its subject. */
export interface MailText {
  readonly text: string;
  readonly html: string;
}

export function defineMail<V extends object = object>(template: MailTemplate<V>): MailTemplate<V> {
  return template;
}

export interface NewMail<V> {
  /** One address, without a name. */
  readonly to: string;
  readonly values: V;
  /** Where the reader can say that they want no more of this: an address of the web, called by POST. */
  readonly unsubscribe?: string;
}

/** Has a mail sent when the transaction has ended well, and only then. */
export async function queueMail<V extends object>(unit: Unit, template: MailTemplate<V>, mail: NewMail<V>): Promise<void> {
  const { config } = unit.services;
  const values = { ...mail.values, app: { url: appUrl(config), name: config.env.APP_NAME || 'Application' } };
  const body = template.body(values);
  const id = randomUUID();
  await unit.query(
    `INSERT INTO system.mails (id, recipient, template, subject, sealed, unsubscribe, correlation)
     VALUES (:mail, :to, :template, :subject, decode(:sealed, 'base64'), :unsubscribe, :correlation)`,
    {
      mail: id,
      to: mail.to,
      template: template.key,
      // A header is one line.
      subject: template.subject(values).replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim().slice(0, 300),
      sealed: seal({ text: body.text, html: body.html }, config.jwtSecret),
      unsubscribe: mail.unsubscribe ?? null,
      correlation: unit.origin.correlation,
    },
  );
  await enqueue(unit, { name: MAIL_JOB, key: `${MAIL_JOB}:${id}`, payload: { mail: id } });
}

/** Sends a mail again that could not be sent. False: there is no such mail, or its text is gone. */
export async function retryMail(unit: Unit, id: string): Promise<boolean> {
  const [mail] = await unit.query(
    `UPDATE system.mails SET state = 'queued', updated_at = now() WHERE id = :mail AND state = 'failed' AND sealed IS NOT NULL RETURNING id`,
    { mail: id },
  );
  if (mail) await enqueue(unit, { name: MAIL_JOB, key: `${MAIL_JOB}:${id}:${randomUUID()}`, payload: { mail: id } });
  return mail !== undefined;
}

export function appUrl({ env }: Config): string {
  return (env.APP_URL || 'http://localhost:5173').replace(/\/+$/, '');
}

const NONCE = 12;
const TAG = 16;

/** The text waits in the database, and may hold a link that signs somebody in: who can read tables must not get to read it. */
function seal(text: MailText, secret: string): string {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret), nonce);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(text), 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
}

/** Throws when the secret is another than that of sealing. */
export function unseal(sealed: string, secret: string): MailText {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret), bytes.subarray(0, NONCE));
  decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
  const text = Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]);
  return JSON.parse(text.toString('utf8')) as MailText;
}

function keyOf(secret: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', 'mail', 32));
}
