-- What each role may touch at all; the policies then say which rows. The owner grants nothing it need not.
GRANT SELECT, INSERT, UPDATE, DELETE ON "user", "session", "account", "verification", "rate_limit", "brand", "membership", "brand_invitation" TO app_auth;--> statement-breakpoint
GRANT SELECT ON "user", "profile", "brand", "membership", "brand_invitation", "asset", "generation", "provider_call",
  "ledger_account", "ledger_entry", "guest_allowance", "ad", "remix", "report", "event" TO app_user;--> statement-breakpoint
GRANT INSERT ON "brand", "membership", "asset", "generation", "ad", "remix", "report" TO app_user;--> statement-breakpoint
GRANT UPDATE (name, description, accent_color, logo, updated_at) ON "brand" TO app_user;--> statement-breakpoint
REVOKE ALL ON FUNCTION app_brand_ids(), app_editable_brand_ids(), app_may_found(uuid), app_is_staff(), app_ledger_account_ids() FROM PUBLIC;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION app_brand_ids(), app_editable_brand_ids(), app_may_found(uuid), app_is_staff(), app_ledger_account_ids() TO app_user;--> statement-breakpoint

-- The platform's side of every movement.
INSERT INTO "ledger_account" ("kind") VALUES ('held'), ('spent'), ('issued');--> statement-breakpoint

CREATE FUNCTION ledger_keep_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE ledger_account SET balance = balance + NEW.amount WHERE id = NEW.account_id AND kind IN ('user', 'brand');
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER ledger_entry_balance AFTER INSERT ON "ledger_entry" FOR EACH ROW EXECUTE FUNCTION ledger_keep_balance();--> statement-breakpoint

CREATE FUNCTION ledger_must_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT sum(amount) FROM ledger_entry WHERE movement_id = NEW.movement_id) <> 0 THEN
    RAISE EXCEPTION 'ledger movement % does not sum to zero', NEW.movement_id USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_movement_balanced';
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE CONSTRAINT TRIGGER ledger_entry_balanced AFTER INSERT ON "ledger_entry" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION ledger_must_balance();--> statement-breakpoint

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;--> statement-breakpoint
CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "ledger_entry" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER event_append_only BEFORE UPDATE OR TRUNCATE ON "event" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();--> statement-breakpoint

-- Everybody may know a name, nobody an address: the public half of a user is a row of its own.
CREATE FUNCTION user_keep_profile() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO profile (user_id, name, image, is_guest, created_at)
  VALUES (NEW.id, NEW.name, NEW.image, NEW.is_anonymous AND NEW.claimed_email IS NULL, NEW.created_at)
  ON CONFLICT (user_id) DO UPDATE SET name = excluded.name, image = excluded.image, is_guest = excluded.is_guest;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER user_profile AFTER INSERT OR UPDATE OF name, image, is_anonymous, claimed_email ON "user" FOR EACH ROW EXECUTE FUNCTION user_keep_profile();--> statement-breakpoint

CREATE FUNCTION remix_keep_count() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE was integer := 0; now_is integer := 0;
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.status = 'published' THEN was := 1; END IF;
  IF TG_OP <> 'DELETE' AND NEW.status = 'published' THEN now_is := 1; END IF;
  IF was <> now_is THEN
    UPDATE ad SET remix_count = remix_count + now_is - was WHERE id = coalesce(NEW.ad_id, OLD.ad_id);
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER remix_count AFTER INSERT OR UPDATE OF status OR DELETE ON "remix" FOR EACH ROW EXECUTE FUNCTION remix_keep_count();--> statement-breakpoint

-- A remix of a remix stays within one ad.
ALTER TABLE "remix" ADD CONSTRAINT "remix_id_ad" UNIQUE ("id", "ad_id");--> statement-breakpoint
ALTER TABLE "remix" ADD CONSTRAINT "remix_parent_same_ad" FOREIGN KEY ("parent_id", "ad_id") REFERENCES "remix" ("id", "ad_id");
