/**
 * Mail. A template is Markdown with places; {@link queueMail} writes the mail in the transaction that causes it, and a job sends it after
 * the commit, with retries, as text and as HTML. The state of each mail (queued, sent, failed and why) stands in `system.mails`.
 *
 * | variable | meaning |
 * |---|---|
 * | `SMTP_URL` | `smtp://host:587` or `smtps://`, with the name and the password of an account before the host. Without it development writes files under `.data/mails/`, production waits |
 * | `MAIL_FROM` | the sender: `Example <no-reply@example.com>` |
 * | `APP_URL` | where the pages are, for links; default `http://localhost:5173` |
 * | `APP_NAME` | what mails call the application |
 */
import type { Attached, Capability } from '../capability.ts';
import { ConfigError } from '../config.ts';
import { select } from '../database/sql.ts';
import type { JobHandler } from '../jobs/jobs.ts';
import type { Clock } from '../jobs/scheduler.ts';
import { appUrl, MAIL_JOB, unseal } from './mail.ts';
import { type OutgoingMail, type Transport, transportOf } from './transport.ts';

export { type App, defineMail, type MailTemplate, type NewMail, queueMail, retryMail } from './mail.ts';
export { Markdown, markdown } from './markdown.ts';

export const mailer: Capability = {
  name: 'mailer',
  attach({ config, log }): Attached {
    const url = URL.parse(appUrl(config));
    if (!url || !/^https?:$/.test(url.protocol)) throw new ConfigError('APP_URL must begin with http:// or https://');
    if (config.environment === 'production' && !config.env.APP_URL) throw new ConfigError('APP_URL is required in production: where the pages are.');
    const transport = transportOf(config, log);
    return { jobs: [sending(transport)], clocks: [forgetting], stop: async () => transport.close() };
  },
};

type Stored = Omit<OutgoingMail, 'text' | 'html'> & { readonly sealed: string };

function sending(transport: Transport): JobHandler {
  return {
    name: MAIL_JOB,
    async run(job, { config, database }) {
      const [mail] = await select<Stored>(
        database,
        `UPDATE system.mails SET attempts = attempts + 1, updated_at = now() WHERE id = :mail AND state <> 'sent' AND sealed IS NOT NULL
         RETURNING id, recipient AS to, template, subject, unsubscribe, encode(sealed, 'base64') AS sealed`,
        { mail: job.payload.mail ?? null },
      );
      if (!mail) return;
      try {
        await transport.send({ ...mail, ...unseal(mail.sealed, config.jwtSecret) });
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        await select(database, 'UPDATE system.mails SET reason = :reason WHERE id = :mail RETURNING id', { mail: mail.id, reason });
        throw error;
      }
      await select(
        database,
        `UPDATE system.mails SET state = 'sent', sealed = NULL, reason = NULL, sent_at = now(), updated_at = now() WHERE id = :mail RETURNING id`,
        { mail: mail.id },
      );
    },
    async dead(job, { database }, reason) {
      await select(database, `UPDATE system.mails SET state = 'failed', reason = :reason, updated_at = now() WHERE id = :mail RETURNING id`, {
        mail: job.payload.mail ?? null,
        reason,
      });
    },
  };
}

/** The text of what could not be sent is kept for a week, so that it can be tried again; who was written to, for a season. */
const forgetting: Clock = {
  name: 'mailer',
  seconds: 3600,
  async run(unit) {
    await unit.query(`UPDATE system.mails SET sealed = NULL WHERE state = 'failed' AND updated_at < now() - interval '7 days'`);
    await unit.query(`DELETE FROM system.mails WHERE state <> 'queued' AND updated_at < now() - interval '90 days'`);
    return false;
  },
};
