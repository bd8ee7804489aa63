-- Roles are the cluster's, not the database's: another database may have made them already, even this very moment.
DO $$ BEGIN
  CREATE ROLE app_user NOLOGIN NOINHERIT;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;--> statement-breakpoint
DO $$ BEGIN
  CREATE ROLE app_auth NOLOGIN NOINHERIT;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;--> statement-breakpoint
-- An owner that is no superuser may become a role only if it was granted with SET.
DO $$ BEGIN
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    EXECUTE format('GRANT app_user, app_auth TO %I WITH SET TRUE, INHERIT FALSE', current_user);
  END IF;
END $$;--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO app_user, app_auth;--> statement-breakpoint
-- The policies call these; their tables come with the next migration.
SET LOCAL check_function_bodies = off;--> statement-breakpoint
CREATE FUNCTION app_user_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.user_id', true), '')::uuid $$;--> statement-breakpoint
-- Definer rights: a policy on membership that read membership itself would never end.
CREATE FUNCTION app_brand_ids() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT brand_id FROM membership WHERE user_id = app_user_id() $$;--> statement-breakpoint
CREATE FUNCTION app_editable_brand_ids() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT brand_id FROM membership WHERE user_id = app_user_id() AND role IN ('owner', 'admin', 'editor') $$;--> statement-breakpoint
CREATE FUNCTION app_may_found(brand uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT EXISTS (SELECT FROM brand b WHERE b.id = brand AND b.created_by = app_user_id())
           AND NOT EXISTS (SELECT FROM membership m WHERE m.brand_id = brand) $$;--> statement-breakpoint
CREATE FUNCTION app_is_staff() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT EXISTS (SELECT FROM "user" WHERE id = app_user_id() AND platform_role = 'staff') $$;--> statement-breakpoint
CREATE FUNCTION app_ledger_account_ids() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT id FROM ledger_account WHERE user_id = app_user_id()
        UNION ALL SELECT a.id FROM ledger_account a JOIN membership m ON m.brand_id = a.brand_id WHERE m.user_id = app_user_id() $$;
