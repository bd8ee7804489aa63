CREATE POLICY "event_noted" ON "event" AS PERMISSIVE FOR INSERT TO "app_user" WITH CHECK ("event"."actor_id" = app_user_id() and "event"."actor_kind" = 'user' and "event"."noun" = 'report' and "event"."verb" = 'made'
        and "event"."audience_id" is null and "event"."brand_id" is null);--> statement-breakpoint
-- No column that tells somebody, and none that tells when.
GRANT INSERT (actor_id, actor_kind, noun, noun_id, verb) ON "event" TO app_user;
