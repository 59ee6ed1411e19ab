-- After a restore from a backup that is older than the loss, before the application starts: PostgreSQL and H2.

-- What was still queued then has been sent since, as likely as not. It waits as failed, for somebody to look
-- (/pages/mails.html) and to send again what nobody got.
update mail_outbox
set status = 'failed', next_attempt_at = null, last_error = '恢复备份时仍在排队，可能已经发出，请核实后再发'
where status = 'queued';

-- Numbers given between the backup and the loss are on customers' papers: none of them is given to another document (R6).
update document_number set last_number = last_number + 10000;
