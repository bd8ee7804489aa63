CREATE TABLE "backup_run" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"kind" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone NOT NULL,
	"problem" text,
	"folder" text NOT NULL,
	"bytes" bigint DEFAULT 0 NOT NULL,
	"row_count" bigint DEFAULT 0 NOT NULL,
	"object_count" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "backup_run" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "backup_run_finished" ON "backup_run" USING btree ("finished_at");--> statement-breakpoint
CREATE POLICY "backup_run_seen" ON "backup_run" AS PERMISSIVE FOR SELECT TO "app_user" USING (app_is_staff());--> statement-breakpoint
GRANT SELECT ON "backup_run" TO app_user;
