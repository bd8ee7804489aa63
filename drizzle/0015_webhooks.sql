CREATE TABLE "webhook_attempt" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"delivery_id" uuid NOT NULL,
	"took_ms" integer NOT NULL,
	"status" integer,
	"problem" text,
	"snippet" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "webhook_attempt" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "webhook_cursor" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"xid" "xid8" NOT NULL,
	"event_id" bigint NOT NULL,
	CONSTRAINT "webhook_cursor_one" CHECK (id = 1)
);
--> statement-breakpoint
ALTER TABLE "webhook_cursor" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "webhook_delivery" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"endpoint_id" uuid NOT NULL,
	"event_id" bigint,
	"type" text NOT NULL,
	"happened_at" timestamp with time zone NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone,
	"last_problem" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "webhook_delivery_once" UNIQUE("endpoint_id","event_id"),
	CONSTRAINT "webhook_delivery_state" CHECK (state in ('waiting', 'delivered', 'failed', 'dropped'))
);
--> statement-breakpoint
ALTER TABLE "webhook_delivery" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "webhook_endpoint" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"owner_id" uuid NOT NULL,
	"brand_id" uuid,
	"url" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"types" text[] NOT NULL,
	"secret" text NOT NULL,
	"previous_secret" text,
	"previous_until" timestamp with time zone,
	"state" text DEFAULT 'active' NOT NULL,
	"stopped_because" text,
	"failing_since" timestamp with time zone,
	"last_ms" integer,
	"claimed_until" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "webhook_endpoint_state" CHECK (state in ('active', 'paused', 'stopped'))
);
--> statement-breakpoint
ALTER TABLE "webhook_endpoint" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "webhook_attempt" ADD CONSTRAINT "webhook_attempt_delivery_id_webhook_delivery_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "public"."webhook_delivery"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_endpoint_id_webhook_endpoint_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."webhook_endpoint"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_endpoint" ADD CONSTRAINT "webhook_endpoint_owner_id_user_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_endpoint" ADD CONSTRAINT "webhook_endpoint_brand_id_brand_id_fk" FOREIGN KEY ("brand_id") REFERENCES "public"."brand"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "webhook_attempt_delivery" ON "webhook_attempt" USING btree ("delivery_id","created_at");--> statement-breakpoint
CREATE INDEX "webhook_delivery_log" ON "webhook_delivery" USING btree ("endpoint_id","created_at","id");--> statement-breakpoint
CREATE INDEX "webhook_delivery_due" ON "webhook_delivery" USING btree ("endpoint_id","due_at","id") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "webhook_delivery_age" ON "webhook_delivery" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "webhook_endpoint_owner" ON "webhook_endpoint" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "webhook_endpoint_brand" ON "webhook_endpoint" USING btree ("brand_id");--> statement-breakpoint
CREATE POLICY "webhook_attempt_seen" ON "webhook_attempt" AS PERMISSIVE FOR SELECT TO "app_user" USING ("webhook_attempt"."delivery_id" in (select id from webhook_delivery));--> statement-breakpoint
CREATE POLICY "webhook_delivery_seen" ON "webhook_delivery" AS PERMISSIVE FOR SELECT TO "app_user" USING ("webhook_delivery"."endpoint_id" in (select id from webhook_endpoint));--> statement-breakpoint
CREATE POLICY "webhook_endpoint_seen" ON "webhook_endpoint" AS PERMISSIVE FOR SELECT TO "app_user" USING (("webhook_endpoint"."brand_id" is null and "webhook_endpoint"."owner_id" = app_user_id()) or "webhook_endpoint"."brand_id" in (
        select brand_id from membership where user_id = app_user_id() and role in ('owner', 'admin')));--> statement-breakpoint
-- Not the secrets: no request ever needs them.
GRANT SELECT (id, owner_id, brand_id, url, description, types, previous_until, state, stopped_because, failing_since, last_ms, created_at) ON "webhook_endpoint" TO app_user;--> statement-breakpoint
GRANT SELECT ON "webhook_delivery", "webhook_attempt" TO app_user;--> statement-breakpoint
-- From now on; nobody has asked to be told of anything before.
INSERT INTO "webhook_cursor" ("xid", "event_id") SELECT pg_snapshot_xmin(pg_current_snapshot()), 0;
