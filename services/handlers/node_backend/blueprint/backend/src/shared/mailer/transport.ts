import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createTransport } from 'nodemailer';
import { type Config, ConfigError } from '../config.ts';
import { Later, Permanent } from '../jobs/jobs.ts';
import type { Log } from '../log.ts';
import type { MailText } from './mail.ts';

export interface OutgoingMail extends MailText {
  readonly id: string;
  readonly to: string;
  readonly template: string;
  readonly subject: string;
  readonly unsubscribe: string | null;
}

/** Gets a mail out of the house, or throws: {@link Permanent} when it would never get out. */
export interface Transport {
  send(mail: OutgoingMail): Promise<void>;
  close(): void;
}

const WAIT = 300;

/** SMTP where `SMTP_URL` names a server; else files, but in production nothing: there the mails wait. */
export function transportOf(config: Config, log: Log): Transport {
  const url = config.env.SMTP_URL;
  if (url) return smtp(url, sender(config));
  if (config.environment !== 'production') return files(path.join(config.dataFolder, 'mails'), log);
  log.warning('SMTP_URL is not set: mails stay queued');
  return {
    send: () => Promise.reject(new Later('SMTP_URL is not set.', WAIT)),
    close: () => undefined,
  };
}

function sender({ env, environment }: Config): string {
  const from = env.MAIL_FROM;
  if (from === undefined || from === '') {
    if (environment === 'production') throw new ConfigError('MAIL_FROM is required with SMTP_URL: Example <no-reply@example.com>');
    return DEVELOPER;
  }
  if (!/^[^\r\n<>]*<[^\s<>@]+@[^\s<>@]+>$|^[^\s<>@]+@[^\s<>@]+$/.test(from)) {
    throw new ConfigError(`MAIL_FROM must be an address such as Example <no-reply@example.com>, not "${from}".`);
  }
  return from;
}

const DEVELOPER = 'no-reply@localhost';

function smtp(url: string, from: string): Transport {
  if (!/^smtps?:\/\//.test(url) || !URL.canParse(url)) throw new ConfigError('SMTP_URL must begin with smtp:// or smtps://');
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 3,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    send: async (mail) => {
      const content = message(mail, from);
      try {
        await transport.sendMail(content);
      } catch (error) {
        throw refused(error) ? new Permanent(reasonOf(error)) : new Error(reasonOf(error));
      }
    },
    close: () => transport.close(),
  };
}

/** A file for each mail, to be opened by a mail program: what developers read instead. */
function files(folder: string, log: Log): Transport {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows', disableFileAccess: true, disableUrlAccess: true });
  return {
    send: async (mail) => {
      const { message: content } = await transport.sendMail(message(mail, DEVELOPER));
      await mkdir(folder, { recursive: true });
      const file = path.join(folder, `${new Date().toISOString().replaceAll(/[:.]/g, '-')}-${mail.id}.eml`);
      await writeFile(file, content as Buffer, { mode: 0o600 });
      log.info('a mail was written to a file', { mail: mail.id, template: mail.template, file });
    },
    close: () => transport.close(),
  };
}

function message(mail: OutgoingMail, from: string) {
  // One recipient: a comma or a line break in an address must not bring in more.
  if (!/^[^\s@"(),:;<>[\\\]]+@[^\s@"(),:;<>[\\\]]+$/.test(mail.to)) throw new Permanent('The address cannot be written to.');
  const domain = /@([^>\s]+)/.exec(from)?.[1] ?? 'localhost';
  return {
    from,
    to: { name: '', address: mail.to },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    // The same for each attempt, so that a mail that was sent twice is shown once.
    messageId: `<${mail.id}@${domain}>`,
    headers: { 'Auto-Submitted': 'auto-generated', ...(mail.unsubscribe !== null && { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }) },
    ...(mail.unsubscribe !== null && { list: { unsubscribe: mail.unsubscribe } }),
  };
}

/** Whether the server said about this mail that it will never take it. That it does not take us (535) may change. */
function refused(error: unknown): boolean {
  if (!(error instanceof Error) || !('responseCode' in error) || !('command' in error)) return false;
  return Number(error.responseCode) >= 500 && /^(MAIL|RCPT|DATA)/.test(String(error.command));
}

/** What the server said, in one line. */
function reasonOf(error: unknown): string {
  const said = error instanceof Error && 'response' in error ? String(error.response) : error instanceof Error ? error.message : String(error);
  return said.replaceAll(/\s+/g, ' ').slice(0, 300);
}
