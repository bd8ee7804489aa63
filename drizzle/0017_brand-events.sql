-- contract: on a large table, build it CONCURRENTLY by hand before the deploy (docs/migrations.md); the policy only lets
-- everybody see what is told to everybody.
CREATE INDEX IF NOT EXISTS "event_brand" ON "event" USING btree ("brand_id","xid","id") WHERE brand_id is not null;--> statement-breakpoint
ALTER POLICY "event_seen" ON "event" TO app_user USING ("event"."audience_id" = app_user_id() or "event"."audience_id" = '00000000-0000-0000-0000-000000000000' or "event"."actor_id" = app_user_id() or "event"."brand_id" in (select app_brand_ids()) or app_is_staff());
