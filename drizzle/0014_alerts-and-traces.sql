CREATE TABLE "alert" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"key" text NOT NULL,
	"rule" text NOT NULL,
	"severity" text NOT NULL,
	"facts" jsonb NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"told_at" timestamp with time zone,
	"closed_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "alert" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "pulse" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"process_id" uuid NOT NULL,
	"app" text NOT NULL,
	"requests" integer NOT NULL,
	"failures" integer NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "pulse" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "generation" ADD COLUMN "traceparent" text;--> statement-breakpoint
CREATE UNIQUE INDEX "alert_open" ON "alert" USING btree ("key") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "alert_opened" ON "alert" USING btree ("opened_at");--> statement-breakpoint
CREATE INDEX "pulse_created" ON "pulse" USING btree ("created_at");--> statement-breakpoint
CREATE POLICY "alert_staff" ON "alert" AS PERMISSIVE FOR SELECT TO "app_user" USING (app_is_staff());--> statement-breakpoint
CREATE POLICY "pulse_staff" ON "pulse" AS PERMISSIVE FOR SELECT TO "app_user" USING (app_is_staff());--> statement-breakpoint
GRANT SELECT ON "alert", "pulse" TO app_user;