ALTER TABLE "ledger_entry" ADD COLUMN "payer_id" uuid;--> statement-breakpoint
ALTER TABLE "ledger_entry" ADD CONSTRAINT "ledger_entry_payer_id_ledger_account_id_fk" FOREIGN KEY ("payer_id") REFERENCES "public"."ledger_account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ledger_entry_payer" ON "ledger_entry" USING btree ("payer_id","created_at") WHERE payer_id is not null;--> statement-breakpoint
ALTER TABLE "ledger_entry" DISABLE TRIGGER "ledger_entry_append_only";--> statement-breakpoint
UPDATE "ledger_entry" capture SET payer_id = hold.account_id FROM "ledger_entry" hold
  WHERE capture.kind = 'capture' AND capture.amount < 0
    AND hold.generation_id = capture.generation_id AND hold.kind = 'hold' AND hold.amount < 0;--> statement-breakpoint
ALTER TABLE "ledger_entry" ENABLE TRIGGER "ledger_entry_append_only";--> statement-breakpoint

-- What is refunded of a generation is at most what was captured for it.
CREATE OR REPLACE FUNCTION ledger_settles_what_is_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Settlers of one generation take turns, so that each sees what the other took.
  PERFORM pg_advisory_xact_lock(hashtextextended('ledger:' || NEW.generation_id, 0));
  IF EXISTS (
    SELECT FROM ledger_entry e JOIN ledger_account a ON a.id = e.account_id
    WHERE e.generation_id = NEW.generation_id AND a.kind IN ('held', 'spent')
    GROUP BY a.kind HAVING sum(e.amount) < 0
  ) THEN
    RAISE EXCEPTION 'more was settled than was held for generation %', NEW.generation_id USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_settled_at_most';
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
DROP TRIGGER ledger_entry_settled_at_most ON "ledger_entry";--> statement-breakpoint
CREATE TRIGGER ledger_entry_settled_at_most AFTER INSERT ON "ledger_entry" FOR EACH ROW
  WHEN (NEW.amount < 0 AND NEW.generation_id IS NOT NULL AND NEW.kind IN ('capture', 'release', 'refund')) EXECUTE FUNCTION ledger_settles_what_is_held();
