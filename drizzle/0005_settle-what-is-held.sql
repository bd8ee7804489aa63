GRANT SELECT ON "embedding", "model_health", "usage_day", "quota", "usage_month" TO app_user;--> statement-breakpoint

-- Both sides of a movement count the same thing: credits never turn into micro-dollars.
CREATE OR REPLACE FUNCTION ledger_must_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM ledger_entry e JOIN ledger_account a ON a.id = e.account_id
    WHERE e.movement_id = NEW.movement_id GROUP BY a.unit HAVING sum(e.amount) <> 0
  ) THEN
    RAISE EXCEPTION 'ledger movement % does not sum to zero', NEW.movement_id USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_movement_balanced';
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint

-- What is captured and released of a generation is at most what was held for it, whoever settles it and how often.
CREATE FUNCTION ledger_settles_what_is_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Settlers of one generation take turns, so that each sees what the other took.
  PERFORM pg_advisory_xact_lock(hashtextextended('ledger:' || NEW.generation_id, 0));
  IF (
    SELECT coalesce(sum(e.amount), 0) FROM ledger_entry e JOIN ledger_account a ON a.id = e.account_id
    WHERE e.generation_id = NEW.generation_id AND a.kind = 'held'
  ) < 0 THEN
    RAISE EXCEPTION 'more was settled than was held for generation %', NEW.generation_id USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_settled_at_most';
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER ledger_entry_settled_at_most AFTER INSERT ON "ledger_entry" FOR EACH ROW
  WHEN (NEW.amount < 0 AND NEW.generation_id IS NOT NULL AND NEW.kind IN ('capture', 'release')) EXECUTE FUNCTION ledger_settles_what_is_held();
