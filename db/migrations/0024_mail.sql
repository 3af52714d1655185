-- Mail leaves by an outbox: written in the transaction of the change, sent by workers that share nothing but this table.
ALTER TABLE "outbox" ADD COLUMN "state" text DEFAULT 'waiting' NOT NULL;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "about" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "about_id" bigint;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "useful_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "claim" uuid;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "claimed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "handed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "problem" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_state" CHECK ("outbox"."state" in ('waiting', 'sending', 'sent', 'failed', 'unconfirmed', 'withdrawn'));--> statement-breakpoint
DROP INDEX "outbox_due";--> statement-breakpoint
CREATE INDEX "outbox_due" ON "outbox" USING btree ("next_attempt_at") WHERE state in ('waiting', 'sending');--> statement-breakpoint
CREATE INDEX "outbox_about" ON "outbox" USING btree ("smart_account_id","about","about_id");--> statement-breakpoint
-- Takes what is due, for one worker each: a claim is committed before anything is said to a mail server. What a worker had
-- in hand that has not been heard of for `lease` is due again if its mail was not handed over yet; if it was, nobody knows
-- whether the server took it, and it is not sent a second time. Wall clock throughout: a frozen clock delays no mail.
CREATE FUNCTION app.claim_mail(most integer, lease interval)
RETURNS TABLE (account bigint, id bigint, claim uuid, recipient text, payload jsonb, attempts integer, made bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
#variable_conflict use_column
BEGIN
  UPDATE outbox o SET state = CASE WHEN handed_at IS NULL THEN 'waiting' ELSE 'unconfirmed' END,
      claim = CASE WHEN handed_at IS NULL THEN NULL ELSE o.claim END,
      payload = CASE WHEN handed_at IS NULL THEN o.payload ELSE '{}' END
    WHERE (o.smart_account_id, o.id) IN (SELECT d.smart_account_id, d.id FROM outbox d
      WHERE d.state = 'sending' AND d.claimed_at < clock_timestamp() - lease FOR UPDATE SKIP LOCKED);
  UPDATE outbox o SET state = 'failed', problem = 'It was too late to send it.', payload = '{}'
    WHERE (o.smart_account_id, o.id) IN (SELECT d.smart_account_id, d.id FROM outbox d
      WHERE d.state = 'waiting' AND d.useful_until < clock_timestamp() FOR UPDATE SKIP LOCKED);
  RETURN QUERY UPDATE outbox o
    SET state = 'sending', claim = gen_random_uuid(), claimed_at = clock_timestamp(), handed_at = NULL, attempts = o.attempts + 1
    WHERE (o.smart_account_id, o.id) IN (SELECT d.smart_account_id, d.id FROM outbox d
      WHERE d.state = 'waiting' AND d.next_attempt_at <= clock_timestamp()
      ORDER BY d.next_attempt_at LIMIT most FOR UPDATE SKIP LOCKED)
    RETURNING o.smart_account_id, o.id, o.claim, o.recipient, o.payload, o.attempts, (extract(epoch FROM o.created_at) * 1000)::bigint;
END $$;
--> statement-breakpoint
-- Said before the last line of a mail goes to the server, which takes nothing without it. False where another worker has
-- the mail by now: then the connection is cut, and nothing was sent.
CREATE FUNCTION app.hand_over_mail(account bigint, mail bigint, mine uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE outbox SET handed_at = clock_timestamp()
    WHERE smart_account_id = account AND id = mail AND claim = mine AND state = 'sending';
  RETURN FOUND;
END $$;
--> statement-breakpoint
-- What became of a mail. `again`: when it is tried once more, for `waiting` alone. What a mail said is not kept when it is over.
CREATE FUNCTION app.settle_mail(account bigint, mail bigint, mine uuid, outcome text, why text, again timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE outbox SET state = outcome, problem = why,
      sent_at = CASE WHEN outcome = 'sent' THEN clock_timestamp() END,
      claim = CASE WHEN outcome = 'waiting' THEN NULL ELSE claim END,
      handed_at = CASE WHEN outcome = 'waiting' THEN NULL ELSE handed_at END,
      next_attempt_at = coalesce(again, next_attempt_at),
      payload = CASE WHEN outcome = 'waiting' THEN payload ELSE '{}' END
    WHERE smart_account_id = account AND id = mail AND claim = mine
      AND (state = 'sending' OR (state = 'unconfirmed' AND outcome IN ('sent', 'failed')));
  RETURN FOUND;
END $$;
--> statement-breakpoint
-- Mail about things that are over, and has not been sent yet, is not sent any more.
CREATE FUNCTION app.withdraw_mail(account bigint, thing text, ids bigint[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  UPDATE outbox SET state = 'withdrawn', payload = '{}'
    WHERE smart_account_id = account AND about = thing AND about_id = ANY (ids) AND state = 'waiting'
      AND account = ANY ((SELECT app.my_member_accounts())::bigint[])
$$;
--> statement-breakpoint
-- How the newest mail about each thing stands; never to whom, nor what it says.
CREATE FUNCTION app.mail_states(account bigint, thing text, ids bigint[])
RETURNS TABLE (id bigint, state text, problem text, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT DISTINCT ON (about_id) about_id, state, problem, coalesce(sent_at, handed_at, created_at) FROM outbox
    WHERE smart_account_id = account AND about = thing AND about_id = ANY (ids)
      AND account = ANY ((SELECT app.my_member_accounts())::bigint[])
    ORDER BY about_id, outbox.id DESC
$$;
--> statement-breakpoint
-- Addresses are not kept longer than somebody may ask what became of a mail.
CREATE FUNCTION app.forget_old_mail() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  DELETE FROM outbox WHERE state NOT IN ('waiting', 'sending')
    AND created_at < clock_timestamp() - CASE WHEN kind = 'share-code' THEN interval '1 day' ELSE interval '90 days' END
$$;
--> statement-breakpoint
-- The demo sends nothing: its mail is read where it waits. In any other database nobody reads it.
CREATE FUNCTION app.read_demo_mail(address text, before bigint, most integer)
RETURNS TABLE (id bigint, recipient text, payload jsonb, state text, created_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT o.id, o.recipient, o.payload, o.state, o.created_at FROM outbox o
    WHERE EXISTS (SELECT FROM users WHERE is_demo) AND o.payload <> '{}' AND (address = '' OR o.recipient = address) AND o.id < before
    ORDER BY o.id DESC LIMIT most
$$;
--> statement-breakpoint
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA app FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION app.claim_mail(integer, interval), app.hand_over_mail(bigint, bigint, uuid),
  app.settle_mail(bigint, bigint, uuid, text, text, timestamptz), app.withdraw_mail(bigint, text, bigint[]),
  app.mail_states(bigint, text, bigint[]), app.forget_old_mail(), app.read_demo_mail(text, bigint, integer) TO license_central_app;
